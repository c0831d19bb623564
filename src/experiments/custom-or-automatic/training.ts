import type { GradientMethod, PreparedGradient } from '../../gradients/method.ts';
import type { Batch } from '../../model/batch.ts';
import { dtypeOf } from '../../numeric/dtype.ts';
import { zeros } from '../../numeric/matrix.ts';
import { copyParams, type Params, zeroParams } from '../../params/params.ts';
import { accuracyOf } from '../../training/accuracy.ts';
import { sgd } from '../../training/sgd.ts';
import type { Setup } from '../setup.ts';

/** A setup and who computes its gradients: all that a change can change. */
export interface Training extends Setup {
  readonly method: GradientMethod;
  /** What an epoch descends on; the training set as it stands unless said. */
  readonly batchAt?: (epoch: number) => Batch;
}

/** What a training came to. */
export interface Outcome {
  /** On the training set, before each epoch's update; a mean over the samples whatever the reduction. */
  readonly losses: readonly number[];
  /** The first epoch whose loss was not finite, which ended the training; null where all were. */
  readonly broke: number | null;
  readonly params: Params;
  /** Of the last parameters. */
  readonly devScore: number;
}

/** An epoch before its update; params are the training's own: copy what is to be kept. */
export interface Moment {
  readonly epoch: number;
  readonly loss: number;
  readonly params: Params;
}

/** Gradient descent alone, for the many runs of the ladder: dev is judged once, at the end. */
export async function descend(
  training: Training,
  see: ((moment: Moment) => void) | null = null,
): Promise<Outcome> {
  const { model, split, learningRate, batchAt } = training;
  const dtype = dtypeOf(training.params.values);
  const params = copyParams(training.params);
  const grads = zeroParams(model.layout, dtype);
  const optimiser = sgd({ learningRate }).start(model.layout, dtype);
  const step = await prepare(training, split.train);
  const unit = model.loss.reduction === 'sum' ? split.train.inputs.rows : 1;
  const losses: number[] = [];
  let broke: number | null = null;
  for (let epoch = 0; epoch < training.epochs && broke === null; epoch++) {
    const loss = step.valueAndGrad(params, batchAt?.(epoch) ?? split.train, grads) / unit;
    losses.push(loss);
    see?.({ epoch, loss, params });
    if (Number.isFinite(loss)) optimiser.stepInPlace(params, grads);
    else broke = epoch;
  }
  return { losses, broke, params, devScore: await devScoreOf(training, params) };
}

async function devScoreOf(training: Training, params: Params): Promise<number> {
  const { model, split } = training;
  const judge = await prepare(training, split.dev);
  const dtype = dtypeOf(params.values);
  const outputs = zeros(split.dev.inputs.rows, model.outputs, dtype);
  judge.valueAndGrad(params, split.dev, zeroParams(model.layout, dtype), { outputs });
  return accuracyOf(model)(outputs, split.dev.targets);
}

async function prepare(
  { model, method, params }: Training,
  { inputs: { rows } }: Batch,
): Promise<PreparedGradient> {
  const found = await method.prepare(model, { rows }, { dtype: dtypeOf(params.values) });
  if (found.kind === 'unsupported') throw new RangeError(`${method.name}: ${found.why}`);
  return found.run;
}
