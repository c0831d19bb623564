import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from '../../../src/node/in-worker.ts';
import type { TrialTask } from './run-trials.ts';
import { runTrial, type Sighting } from './trial.ts';

// A thread of run-trials.ts: a note when a trial is done, all its sightings at the end.

const { trials, sizes } = workerData as TrialTask; // all that `runTrials` ever sends
const post = (message: WorkerMessage<readonly Sighting[], 'done'>): void =>
  parentPort!.postMessage(message);

const result: Sighting[] = [];
for (const { activation, trial } of trials) {
  result.push(...(await runTrial(activation, trial, sizes)));
  post({ kind: 'note', note: 'done' });
}
post({ kind: 'result', result });
