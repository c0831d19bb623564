import type { Random } from '../../../src/numeric/random.ts';
import type { Slot } from '../../../src/params/layout.ts';

/**
 * Another tool's check of a scalar function in float64, re-implemented. Its differences do not see the
 * gradient that they judge, so they are taken once and serve every gradient claimed at that point.
 * `Kind`: the random numbers that it draws its directions from.
 */
export type Scheme<Kind extends 'uniform' | 'normal' = never> = (
  f: (x: Float64Array) => number,
  at: Float64Array,
  slots: readonly Slot[],
  source: Pick<Random, Kind>,
) => Judge;

/** A scheme that has taken its differences. */
export interface Judge {
  /** Calls of f that they took. */
  readonly calls: number;
  /** Whether the tool passes this gradient. */
  passes(gradient: Float64Array): boolean;
}

/** |a − n| ≤ atol + rtol |n|: torch.allclose(a, n) and numpy.testing.assert_allclose(a, n). */
export const allClose = (a: number, n: number, rtol: number, atol: number): boolean =>
  Math.abs(a - n) <= atol + rtol * Math.abs(n);

/** (f(x + h d) − f(x − h d)) / 2h. */
export function central(
  f: (x: Float64Array) => number,
  x: Float64Array,
  direction: Float64Array,
  h: number,
): number {
  const moved = (sign: 1 | -1): Float64Array => x.map((v, i) => v + sign * (h * direction[i]!));
  return (f(moved(1)) - f(moved(-1))) / (2 * h);
}
