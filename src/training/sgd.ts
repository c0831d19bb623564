import { assertLayout, type Params } from '../params/params.ts';

/** θ ← θ − η g. Throws where the layouts differ. */
export function sgdStepInPlace(params: Params, grads: Params, learningRate: number): void {
  assertLayout('sgd gradients', grads, params.layout);
  const { values } = params;
  const g = grads.values;
  for (let i = 0; i < values.length; i++) values[i]! -= learningRate * g[i]!;
}
