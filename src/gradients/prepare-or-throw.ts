import type { BatchShape } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import type { GradientMethod, PreparedGradient, PrepareOptions } from './method.ts';

/** For callers who chose a method that can: what it cannot do is an error, and says why. */
export async function prepareOrThrow(
  method: GradientMethod,
  model: Model,
  shape: BatchShape,
  options: PrepareOptions = {},
): Promise<PreparedGradient> {
  const found = await method.prepare(model, shape, options);
  if (found.kind === 'prepared') return found.run;
  throw new RangeError(`${method.name} cannot differentiate ${model.name}: ${found.why}`);
}
