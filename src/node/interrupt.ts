/**
 * Runs `tidy` at Ctrl-C, then lets the signal end the process as it would have, unless someone else
 * listens to it. Returns what ends the watch. Only where the work is done in other threads: a signal
 * that is listened to waits for the event loop, so a long loop in this one could not be interrupted.
 */
export function tidyOnInterrupt(tidy: () => void): () => void {
  const interrupted = (): void => {
    tidy();
    if (process.listenerCount('SIGINT') === 0) process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', interrupted);
  return () => void process.off('SIGINT', interrupted);
}
