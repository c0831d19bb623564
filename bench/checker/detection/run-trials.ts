import { deal } from '../deal.ts';
import { HIDDEN_ACTIVATIONS, type TrialId } from './problem.ts';
import type { Sighting } from './trial.ts';

/** A trial, and the errors to give its entry. */
export interface TrialTask extends TrialId {
  readonly sizes: readonly number[];
}

/** More would rather share memory bandwidth than work. */
const MOST_THREADS = 4;

/** Trials 0 to `count` of each activation, in threads; the order of the result is always the same. */
export async function runTrials(
  count: number,
  sizes: readonly number[],
  progress: (share: number) => void,
): Promise<Sighting[]> {
  const tasks = HIDDEN_ACTIVATIONS.flatMap((activation) =>
    Array.from({ length: count }, (_, trial): TrialTask => ({ activation, trial, sizes })),
  );
  let done = 0;
  const sightings = await deal<TrialTask, readonly Sighting[]>(
    new URL('./worker.js', import.meta.url),
    tasks,
    { onAnswer: () => progress(++done / tasks.length), most: MOST_THREADS },
  );
  return sightings.flat();
}
