import type { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { random } from '../../../src/numeric/random.ts';
import type { Problem } from './problem.ts';
import { runnable } from './runnable.ts';

/** Errors planted, in units of the one that `agrees` said would show. */
export const TIMES = [2, 10] as const;

/** What became of an error planted in one entry of a gradient that had agreed. */
export interface PlantedError {
  readonly id: string;
  /** Of the check, and of the entry drawn. */
  readonly checkSeed: number;
  readonly times: (typeof TIMES)[number];
  readonly entry: number;
  readonly got: Verdict;
}

/** Adds multiples of `caught` to an entry at random, one after another, and checks again. */
export function plantedErrors(
  problem: Problem,
  caught: number,
  checkSeed: number,
  check: typeof checkGradient,
): PlantedError[] {
  const entry = random(checkSeed).integer(problem.at.length);
  return TIMES.map((times) => {
    const plus = problem.at.map((_, i) => (i === entry ? times * caught : 0));
    const { verdict: got } = check(runnable({ ...problem, change: { plus } }), { seed: checkSeed });
    return { id: problem.id, checkSeed, times, entry, got };
  });
}
