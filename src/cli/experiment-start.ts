import type {
  ExperimentContext,
  ExperimentName,
  ExperimentResult,
} from '../experiments/experiment.ts';
import { inWorker } from '../node/in-worker.ts';

/** Runs one experiment, here or elsewhere; the signal says that its result is no longer wanted. */
export type StartExperiment = (
  name: ExperimentName,
  context: ExperimentContext,
  signal: AbortSignal,
) => Promise<ExperimentResult>;

/** What a worker thread is given. */
export interface ExperimentTask {
  readonly name: ExperimentName;
  readonly context: Omit<ExperimentContext, 'progress'>;
}

/** What it tells on the way. */
export interface ExperimentNote {
  readonly share: number;
  readonly doing: string;
}

/** One of the project's own, in a thread of its own; compiled code only, as Node 20 runs no other. */
export const inWorkerThread: StartExperiment = (name, { progress, ...context }, signal) =>
  inWorker<ExperimentResult, ExperimentNote>(
    new URL('./experiment-worker.js', import.meta.url),
    { name, context } satisfies ExperimentTask,
    { onNote: ({ share, doing }) => progress(share, doing), signal },
  );
