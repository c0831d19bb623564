import type { FloatArray } from '../../numeric/dtype.ts';
import { random } from '../../numeric/random.ts';
import type { Layout } from '../../params/layout.ts';
import type { Params } from '../../params/params.ts';

/** What is recorded of a gradient too large to commit. */
export interface GradientSamples {
  /** [64]: the gradient's dot product with each direction. */
  readonly projections: Float64Array;
  /** [n]: flat indices of the entries, ascending. */
  readonly indices: readonly number[];
  /** [n]: the gradient there. */
  readonly entries: Float64Array;
}

export const PROJECTIONS = 64;

/** Direction k's stream is `random(DIRECTION_SEED).fork(k)`. */
const DIRECTION_SEED = 640;

/** One of the 64 fixed directions: each entry uniform on [−1, 1). */
export function direction(size: number, k: number): Float64Array {
  const { uniform } = random(DIRECTION_SEED).fork(k);
  const d = new Float64Array(size);
  for (let i = 0; i < size; i++) d[i] = 2 * uniform() - 1;
  return d;
}

/** The samples of any gradient at the recorded indices, to be held against the recorded ones. */
export function sampleGradient(grads: Params, indices: readonly number[]): GradientSamples {
  const { values } = grads;
  const project = (_: unknown, k: number): number => dot(direction(values.length, k), values);
  return {
    projections: Float64Array.from({ length: PROJECTIONS }, project),
    indices,
    entries: Float64Array.from(indices, (i) => values[i]!),
  };
}

function dot(a: FloatArray, b: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * `count` flat indices, ascending: slots share the count evenly, smaller ones whole, so that no
 * bias goes unsampled beside a large weight.
 */
export function sampleIndices(layout: Layout, count: number): number[] {
  const source = random(DIRECTION_SEED);
  const chosen: number[] = [];
  layout.slots
    .toSorted((a, b) => a.size - b.size)
    .forEach((slot, i) => {
      const share = Math.floor((count - chosen.length) / (layout.slots.length - i));
      const all = Array.from({ length: slot.size }, (_, j) => slot.offset + j);
      chosen.push(...source.shuffleInPlace(all).slice(0, share));
    });
  return chosen.sort((a, b) => a - b);
}
