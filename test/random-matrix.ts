import type { Dtype } from '../src/numeric/dtype.ts';
import { type Matrix, zeros } from '../src/numeric/matrix.ts';
import type { Random } from '../src/numeric/random.ts';

/** A matrix of what `next` gives, row by row. */
export function filled(
  [rows, cols]: readonly [number, number],
  next: () => number,
  dtype?: Dtype,
): Matrix {
  const m = zeros(rows, cols, dtype);
  for (let i = 0; i < m.data.length; i++) m.data[i] = next();
  return m;
}

/** Entries N(0, deviation²). */
export const gaussian = (rows: number, cols: number, r: Random, deviation = 1): Matrix =>
  filled([rows, cols], () => deviation * r.normal());

/** Σ aᵢ bᵢ. */
export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Σ |aᵢ bᵢ|: what a bound on the rounding of `dot` is relative to. */
export const size = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + Math.abs(value * b[i]!), 0);
