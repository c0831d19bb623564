import type { GradientMethod } from '../../gradients/method.ts';
import { batchShape } from '../../model/batch.ts';
import { zeros } from '../../numeric/matrix.ts';
import { copyParams, type Params, zeroParams } from '../../params/params.ts';
import { accuracyOf } from '../../training/accuracy.ts';
import { definedValue } from '../../training/defined-value.ts';
import { sgdStepInPlace } from '../../training/sgd.ts';
import type { Epoch } from '../../training/train-options.ts';
import type { Setup } from '../setup.ts';

/** What a training without dev came to. */
export interface Trained {
  /** The training loss of each epoch, before its update; shorter where it became NaN for good. */
  readonly losses: readonly number[];
  /** The last model's accuracy on dev. */
  readonly devScore: number;
}

/**
 * The Runner's epochs without its evaluation on dev at each, for time; the hook sees the weights
 * before the update. A method may change the parameters: they are a copy.
 */
export async function trainPlain(
  { model, split, params: start, learningRate, epochs }: Setup,
  method: GradientMethod,
  hook: (epoch: Pick<Epoch, 'epoch' | 'params'>) => void = () => {},
): Promise<Trained> {
  const prepared = await method.prepare(model, batchShape(split.train));
  if (prepared.kind === 'unsupported') throw new Error(`${method.name}: ${prepared.why}`);
  const params = copyParams(start);
  const grads = zeroParams(model.layout);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    hook({ epoch, params });
    losses.push(prepared.run.valueAndGrad(params, split.train, grads));
    // A parameter that is NaN stays NaN, and with it every loss.
    if (Number.isNaN(losses.at(-1)) && params.values.some(Number.isNaN)) break;
    sgdStepInPlace(params, grads, learningRate);
  }
  return { losses, devScore: devScore(model, params, split.dev) };
}

/** By the network's definition: the method that trained has no say in it. */
function devScore(model: Setup['model'], params: Params, dev: Setup['split']['dev']): number {
  const outputs = zeros(dev.inputs.rows, model.outputs);
  definedValue(model, params, dev, outputs);
  return accuracyOf(model)(outputs, dev.targets);
}
