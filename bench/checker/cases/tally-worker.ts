import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from '../../../src/node/in-worker.ts';
import { type Tally, type Task, tally } from './tally.ts';

// The module of a thread that checks its tasks one after another, and tells of each.
const post = (message: WorkerMessage<readonly Tally[], null>): void =>
  parentPort!.postMessage(message); // there is one in every worker

const tallies = (workerData as readonly Task[]).map((task) => {
  const found = tally(task);
  post({ kind: 'note', note: null });
  return found;
});
post({ kind: 'result', result: tallies });
