import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Note, Verdict } from '../verdict.ts';
import type { TaylorOpinion } from './taylor.ts';

/** One gradient entry held against a difference with an error bar. */
export interface EntryFinding {
  /** Index into the case's points. */
  readonly point: number;
  readonly slot: string;
  /** `fc1.weight[2,3]`. */
  readonly entry: string;
  /** Into the flat gradient. */
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  /** A bound on the error of `expected`. */
  readonly uncertainty: number;
  /** One-sided derivatives, at a kink. */
  readonly left?: number;
  readonly right?: number;
}

/** The smallest error in one entry that would have been caught. */
export interface CaughtError {
  readonly absolute: number;
  /** As a share of ‖gradient‖; Infinity where that is 0. */
  readonly relative: number;
}

/** What a check found; `backproof check --json` prints it with the file's name. */
export interface CheckResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  readonly diagnosis: Diagnosis | null;
  /** The entry that decides a verdict against the gradient, or the one nearest to it. */
  readonly worst: EntryFinding | null;
  /** All that are known to be wrong, at most as many as the options ask for. */
  readonly wrongEntries: readonly EntryFinding[];
  /**
   * In fast mode: a bound on ‖gradient − truth‖ that holds with this confidence; at a corner the truth
   * is the nearest of the gradients that f has there.
   */
  readonly bound: { readonly norm: number; readonly confidence: number } | null;
  /** Beside `agrees`: what would not have been missed. */
  readonly caught: CaughtError | null;
  /** Every entry by itself, or random directions in each slot. */
  readonly mode: 'full' | 'fast' | null;
  /** Beside `disagrees` and `unresolved`: what the Taylor test says along a random direction. */
  readonly taylor?: TaylorOpinion | null;
  /** Calls of f. */
  readonly evaluations: number;
  /** What was thrown, or what of the function is not as it must be; one line. */
  readonly error: string | null;
}
