import type { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { random } from '../../../src/numeric/random.ts';
import type { CaseSpec } from './case-spec.ts';
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
  spec: CaseSpec,
  caught: number,
  checkSeed: number,
  check: typeof checkGradient,
): PlantedError[] {
  const entry = random(checkSeed).integer(spec.at.length);
  return TIMES.map((times) => {
    const plus = spec.at.map((_, i) => (i === entry ? times * caught : 0));
    const { verdict: got } = check(runnable({ ...spec, change: { plus } }), { seed: checkSeed });
    return { id: spec.id, checkSeed, times, entry, got };
  });
}
