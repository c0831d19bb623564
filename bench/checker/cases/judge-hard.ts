import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import type { Problem } from './problem.ts';
import { runnable } from './runnable.ts';

/** What the checker says of a case whose verdict is known. */
export interface Judgement {
  readonly problem: Problem;
  readonly got: Verdict;
  readonly kind: 'as-expected' | 'missed' | 'contradicted';
}

/** `unresolved` misses what was to be seen; any other verdict but the expected one is a fault. */
export function judge(problem: Problem): Judgement {
  const got = checkGradient(runnable(problem)).verdict;
  return { problem, got, kind: compared(got, problem.expected) };
}

export const compared = (got: Verdict, expected: Verdict): Judgement['kind'] =>
  got === expected ? 'as-expected' : got === 'unresolved' ? 'missed' : 'contradicted';
