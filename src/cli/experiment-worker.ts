import { parentPort, workerData } from 'node:worker_threads';
import type { ExperimentResult } from '../experiments/experiment.ts';
import { experiments } from '../experiments/experiments.ts';
import type { WorkerMessage } from '../node/in-worker.ts';
import type { ExperimentNote, ExperimentTask } from './experiment-start.ts';

// The module of a thread that runs one experiment and ends; what it throws reaches the main thread.
const { name, context } = workerData as ExperimentTask; // all that `inWorkerThread` ever sends

const post = (message: WorkerMessage<ExperimentResult, ExperimentNote>): void =>
  parentPort!.postMessage(message); // there is one in every worker

const result = await experiments[name].run({
  ...context,
  progress: (share, doing) => post({ kind: 'note', note: { share, doing } }),
});
try {
  post({ kind: 'result', result });
} catch (error) {
  // What structured cloning throws cannot itself be cloned: its message can.
  throw new TypeError(`result: got no plain data, ${(error as Error).message}`);
}
