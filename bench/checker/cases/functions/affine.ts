import type { CaseArithmetic } from '../arithmetic.ts';

/** biases + weights · x. */
export interface Affine {
  /** K rows as long as x. */
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

/** Its K numbers, each bias first and then term by term: the order of summation is the case's. */
export const affine = <T>(
  a: CaseArithmetic<T>,
  { weights, biases }: Affine,
  x: ArrayLike<T>,
): T[] =>
  weights.map((row, k) =>
    row.reduce((sum, w, i) => a.add(sum, a.mul(a.constant(w), x[i]!)), a.constant(biases[k]!)),
  );
