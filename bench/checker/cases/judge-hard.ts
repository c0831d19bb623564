import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import type { CaseSpec } from './case-spec.ts';
import { runnable } from './runnable.ts';

/** What the checker says of a case whose verdict is known. */
export interface Judgement {
  readonly spec: CaseSpec;
  readonly got: Verdict;
  readonly kind: 'as-expected' | 'missed' | 'contradicted';
}

/** `unresolved` misses what was to be seen; any other verdict but the expected one is a fault. */
export function judge(spec: CaseSpec): Judgement {
  const got = checkGradient(runnable(spec)).verdict;
  return { spec, got, kind: compared(got, spec.expected) };
}

export const compared = (got: Verdict, expected: Verdict): Judgement['kind'] =>
  got === expected ? 'as-expected' : got === 'unresolved' ? 'missed' : 'contradicted';
