import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import type { Dtype } from '../../../src/numeric/dtype.ts';
import type { NamedFunction } from './functions.ts';

/** A gradient to be checked as plain data, and what a checker should say of it. */
export type CaseSpec = NamedFunction & {
  /** `family/index`, or the name of a hard case. */
  readonly id: string;
  /** Computes in this precision; its parameters and point are rounded to it first. */
  readonly dtype: Dtype;
  /** The relative error that must be seen. */
  readonly rtol: number;
  readonly at: readonly number[];
  /** The domain of f, entry by entry: it is not defined outside, and throws. */
  readonly lower?: readonly number[];
  readonly upper?: readonly number[];
  readonly slots?: NonNullable<GradientCase['slots']>;
  /** f's value is rounded at last: to a multiple of this number, or to float32. */
  readonly valueRoundedTo?: number | 'float32';
  /** How the gradient differs from its formula's; it does not unless said. */
  readonly change?: Change;
  /** f has no slope at x, not even from one side. */
  readonly undifferentiable?: true;
  readonly expected: Verdict;
  /** Why, or what is hard about it. */
  readonly note?: string;
};

/** g becomes times · g + plus, each a number for all entries, or one number an entry. */
export interface Change {
  readonly times?: number | readonly number[];
  readonly plus?: readonly number[];
}
