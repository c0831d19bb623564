import type { CheckResult } from '../check/gradient/check-result.ts';
import { NOTHING_FOUND } from '../check/gradient/nothing-found.ts';

/** A case that never came to its end; there may have been more `evaluations` than are known of. */
export const lostCase = (
  name: string,
  verdict: 'timed-out' | 'threw',
  error: string,
  evaluations = 0,
): CheckResult => ({ ...NOTHING_FOUND, name, verdict, evaluations, error });
