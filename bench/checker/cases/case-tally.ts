import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { Verdict } from '../../../src/check/verdict.ts';
import { families, rightCase, shares } from './families.ts';
import { type PlantedError, plantedErrors } from './planted-error.ts';
import { runnable } from './runnable.ts';

/** Some right cases of one family: those of index from … to − 1. */
export interface Task {
  /** Index into `families`. */
  readonly family: number;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
}

/** A right gradient that was called anything but right or unresolved. */
export interface FalseAlarm {
  readonly id: string;
  readonly verdict: Verdict;
  /** Of the check; the case has the run's. */
  readonly checkSeed: number;
}

/** What the checks of a family's right cases came to. */
export interface CaseTally extends Pick<Task, 'family' | 'seed'> {
  readonly cases: number;
  readonly unresolved: number;
  readonly alarms: readonly FalseAlarm[];
  /** Calls of f, a check each. */
  readonly evaluations: readonly number[];
  /** In some of the gradients that agreed. */
  readonly planted: readonly PlantedError[];
}

/** Of so many cases one is checked again, with errors planted. */
const PLANTED_EVERY = 30;

/** Checks the right cases of a task, each with its index as seed. */
export function checkTask(
  { family, from, to, seed }: Task,
  check: typeof checkGradient = checkGradient,
): CaseTally {
  const alarms: FalseAlarm[] = [];
  const evaluations: number[] = [];
  const planted: PlantedError[] = [];
  let unresolved = 0;
  for (let index = from; index < to; index++) {
    const spec = rightCase(families[family]!, index, seed);
    const result = check(runnable(spec), { seed: index });
    evaluations.push(result.evaluations);
    if (result.verdict === 'unresolved') unresolved++;
    else if (result.verdict !== 'agrees') {
      alarms.push({ id: spec.id, verdict: result.verdict, checkSeed: index });
    } else if (index % PLANTED_EVERY === 0 && result.caught && result.caught.absolute > 0) {
      // At 0, where f does not move at all, there is no error to double.
      planted.push(...plantedErrors(spec, result.caught.absolute, index, check));
    }
  }
  return { family, seed, cases: to - from, unresolved, alarms, evaluations, planted };
}

/** All of one family and one seed. */
export const together = (
  family: number,
  seed: number,
  tallies: readonly CaseTally[],
): CaseTally => ({
  family,
  seed,
  cases: tallies.reduce((sum, t) => sum + t.cases, 0),
  unresolved: tallies.reduce((sum, t) => sum + t.unresolved, 0),
  alarms: tallies.flatMap((t) => t.alarms),
  evaluations: tallies.flatMap((t) => t.evaluations),
  planted: tallies.flatMap((t) => t.planted),
});

/** Cases of a task: some seconds at the most, so that several threads end together. */
const AT_ONCE = 100;

/** At least `count` right cases, in the families' shares, in portions. */
export const tasksFor = (count: number, seed: number): Task[] =>
  shares(count).flatMap(({ cases }, family) =>
    Array.from({ length: Math.ceil(cases / AT_ONCE) }, (_, k) => ({
      family,
      from: k * AT_ONCE,
      to: Math.min((k + 1) * AT_ONCE, cases),
      seed,
    })),
  );
