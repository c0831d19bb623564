import { workerData } from 'node:worker_threads';
import { codeOf } from './writable.ts';

// The module of a thread that kills its process once the parent has gone.

/** Milliseconds between two looks: few enough that nobody meets a process left over. */
const INTERVAL = 500;

const parent = workerData as number; // all that `endWithParent` ever sends

setInterval(() => {
  if (!isThere()) process.kill(process.pid, 'SIGKILL');
}, INTERVAL);

/** An orphan gets another parent at once; on Windows it keeps the number of the dead one. */
function isThere(): boolean {
  if (process.ppid !== parent) return false;
  try {
    return process.kill(parent, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
