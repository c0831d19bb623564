import { dtypeOf } from '../numeric/dtype.ts';
import { ulpDistance } from '../numeric/ulp.ts';
import type { Params } from '../params/params.ts';
import type { Allowance } from './deviation.ts';

/** The smallest error that a comparison cannot miss. */
export interface Caught {
  /** An error larger than this in any one gradient entry would have been caught. */
  readonly absolute: number;
  /** As a share of ‖gradient‖; Infinity where that is 0. */
  readonly relative: number;
}

/** An entry that deviates by Δ hides at most an error of |Δ| + its allowance. */
export function caughtBy(a: Params, b: Params, allowance: (i: number) => Allowance): Caught {
  let absolute = 0;
  b.values.forEach((v, i) => {
    const { rounding, bar } = allowance(i);
    absolute = Math.max(absolute, Math.abs(a.values[i]! - v) + rounding + bar);
  });
  const size = norm(b.values);
  return { absolute, relative: size === 0 ? Number.POSITIVE_INFINITY : absolute / size };
}

/** The largest distance of two entries, in units in the last place of the coarser precision. */
export function largestUlps(a: Params, b: Params): number {
  const single = [a, b].some(({ values }) => dtypeOf(values) === 'float32');
  let largest = 0;
  b.values.forEach((v, i) => {
    const distance = ulpDistance(a.values[i]!, v, single ? 'float32' : 'float64');
    largest = Math.max(largest, distance);
  });
  return largest;
}

/** The largest difference in any slot, over the norm of that slot of b; 0 where nothing differs. */
export function largestSlotError(a: Params, b: Params): number {
  let largest = 0;
  for (const { offset, size } of b.layout.slots) {
    let difference = 0;
    for (let i = offset; i < offset + size; i++) {
      difference = Math.max(difference, Math.abs(a.values[i]! - b.values[i]!));
    }
    if (difference > 0) {
      largest = Math.max(largest, difference / norm(b.values.subarray(offset, offset + size)));
    }
  }
  return largest;
}

/** Euclidean, scaled by the largest entry so that no square under- or overflows. */
function norm(values: ArrayLike<number>): number {
  let scale = 0;
  for (let i = 0; i < values.length; i++) scale = Math.max(scale, Math.abs(values[i]!));
  if (scale === 0) return 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! / scale) ** 2;
  return scale * Math.sqrt(squares);
}
