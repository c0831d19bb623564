import type { CheckResult } from '../check/gradient/check-result.ts';

/** A case that never came to its end; `evaluations` is 0 where they are not known. */
export const lostCase = (
  name: string,
  verdict: 'timed-out' | 'threw',
  error: string,
  evaluations = 0,
): CheckResult => ({
  name,
  verdict,
  notes: [],
  diagnosis: null,
  worst: null,
  wrongEntries: [],
  bound: null,
  caught: null,
  mode: null,
  taylor: null,
  evaluations,
  error,
});
