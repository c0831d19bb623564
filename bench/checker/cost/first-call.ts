import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from '../../../src/node/in-worker.ts';
import { firstRows } from '../detection/first-rows.ts';
import { checkWhole, type NetworkLimit } from './whole-network.ts';

// A thread in which nothing ran before: the seconds that its first check takes, what it needs loaded.

const problem = firstRows(workerData as NetworkLimit); // all that `networks.ts` ever sends
const start = performance.now();
await checkWhole(problem);
const message: WorkerMessage<number, never> = {
  kind: 'result',
  result: (performance.now() - start) / 1000,
};
parentPort!.postMessage(message);
