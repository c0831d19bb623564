import { assertLayout, type Params, zeroParams } from '../params/params.ts';
import { assertKnown } from './known-options.ts';
import type { Optimiser } from './optimiser.ts';

export interface SgdOptions {
  readonly learningRate: number;
  /** v ← momentum · v + g, and θ ← θ − η v, as torch.optim.SGD; 0 unless said. */
  readonly momentum?: number;
}

/** Gradient descent on whatever batch is given. */
export function sgd(options: SgdOptions): Optimiser {
  assertKnown('sgd', options, ['learningRate', 'momentum']);
  const { learningRate, momentum = 0 } = options;
  assertRate('learningRate', learningRate);
  assertRate('momentum', momentum);
  const text = momentum === 0 ? '' : `, momentum ${momentum}`;
  return {
    name: `SGD, learning rate ${learningRate}${text}`,
    start: (layout, dtype) => {
      const velocity = momentum === 0 ? null : zeroParams(layout, dtype);
      return {
        stepInPlace: (params, grads) => {
          assertLayout('sgd params', params, layout);
          if (velocity) accumulateInPlace(velocity, grads, momentum);
          sgdStepInPlace(params, velocity ?? grads, learningRate);
        },
      };
    },
  };
}

/** θ ← θ − η g. Throws where the layouts differ. */
export function sgdStepInPlace(params: Params, grads: Params, learningRate: number): void {
  assertLayout('sgd gradients', grads, params.layout);
  const { values } = params;
  const g = grads.values;
  for (let i = 0; i < values.length; i++) values[i]! -= learningRate * g[i]!;
}

/** v ← momentum · v + g. */
function accumulateInPlace(velocity: Params, grads: Params, momentum: number): void {
  assertLayout('sgd gradients', grads, velocity.layout);
  const v = velocity.values;
  for (let i = 0; i < v.length; i++) v[i] = momentum * v[i]! + grads.values[i]!;
}

function assertRate(what: string, got: number): void {
  if (!(Number.isFinite(got) && got >= 0)) {
    throw new RangeError(`sgd ${what}: got ${got}, expected a finite number from 0 on`);
  }
}
