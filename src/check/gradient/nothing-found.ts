import type { CheckResult } from './check-result.ts';

/** What every result starts from: nothing was judged. */
export const NOTHING_FOUND: Omit<CheckResult, 'name' | 'verdict'> = {
  notes: [],
  diagnosis: null,
  worst: null,
  wrongEntries: [],
  bound: null,
  caught: null,
  mode: null,
  taylor: null,
  evaluations: 0,
  error: null,
};
