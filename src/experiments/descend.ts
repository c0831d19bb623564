import type { GradientMethod } from '../gradients/method.ts';
import { prepareOrThrow } from '../gradients/prepare-or-throw.ts';
import type { Batch } from '../model/batch.ts';
import { dtypeOf } from '../numeric/dtype.ts';
import { copyParams, type Params, zeroParams } from '../params/params.ts';
import { sgd } from '../training/sgd.ts';
import type { Epoch } from '../training/train-options.ts';
import type { Setup } from './setup.ts';

/** A setup of which dev and test do not matter. */
export interface DescentSetup extends Omit<Setup, 'split'> {
  readonly split: Pick<Setup['split'], 'train'>;
}

export interface DescentOptions {
  /** Called before each update with the descent's own memory: copy what is to be kept. */
  readonly onEpoch?: (epoch: Omit<Epoch, 'score'>) => void;
  /** What an epoch descends on, of as many rows as the training set; that set unless said. */
  readonly batchAt?: (epoch: number) => Batch;
}

export interface Descent {
  /** Of each epoch, before its update; the last of one that broke is not finite. */
  readonly losses: readonly number[];
  /** After the last update. */
  readonly params: Params;
  /** The epoch whose loss was not finite, which ended the descent before its update; null if none. */
  readonly broke: number | null;
}

/**
 * The Runner's updates alone, bit for bit, for the many trainings that dev need not judge at every
 * epoch. A loss that is not finite ends it: no gradient of such a loss leads anywhere. Throws where
 * the method cannot do the model.
 */
export async function descend(
  { model, split: { train }, params: start, learningRate, epochs }: DescentSetup,
  method: GradientMethod,
  { onEpoch, batchAt }: DescentOptions = {},
): Promise<Descent> {
  const dtype = dtypeOf(start.values);
  const run = await prepareOrThrow(method, model, { rows: train.inputs.rows }, { dtype });
  const params = copyParams(start);
  const grads = zeroParams(model.layout, dtype);
  const optimiser = sgd({ learningRate }).start(model.layout, dtype);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const loss = run.valueAndGrad(params, batchAt?.(epoch) ?? train, grads);
    losses.push(loss);
    onEpoch?.({ epoch, loss, params, grads });
    if (!Number.isFinite(loss)) return { losses, params, broke: epoch };
    optimiser.stepInPlace(params, grads);
  }
  return { losses, params, broke: null };
}
