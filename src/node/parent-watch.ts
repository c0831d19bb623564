import { Worker } from 'node:worker_threads';

/**
 * Ends this process soon after its parent has gone, whatever it does: a loop in the main thread hears
 * of nothing, so a thread of its own looks.
 */
export function endWithParent(): void {
  const thread = new URL('./parent-watch-thread.js', import.meta.url);
  new Worker(thread, { workerData: process.ppid })
    .on('error', () => {}) // without it, all else goes as well
    .unref();
}
