import { availableParallelism } from 'node:os';
import { inWorker } from '../../../src/node/in-worker.ts';
import { ACTIVATIONS, type Activation } from './problem.ts';
import type { Sighting } from './trial.ts';

/** What one thread is given. */
export interface TrialTask {
  readonly trials: readonly { readonly activation: Activation; readonly trial: number }[];
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
  const all = ACTIVATIONS.flatMap((activation) =>
    Array.from({ length: count }, (_, trial) => ({ activation, trial })),
  );
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  const worker = new URL('./worker.js', import.meta.url);
  let done = 0;
  const onNote = (): void => progress(++done / all.length);
  const shares = await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const trials = all.filter((_trial, i) => i % threads === thread);
      return inWorker<readonly Sighting[], 'done'>(worker, { trials, sizes }, { onNote });
    }),
  );
  return shares.flat();
}
