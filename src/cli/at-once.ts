/**
 * Runs jobs in their order, at most `limit` at a time, and resolves to their results in that order.
 * When one rejects, the signal tells those that run to stop, no other starts, and once all have ended
 * this rejects with the first error.
 */
export async function atOnce<T>(
  limit: number,
  jobs: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const stop = new AbortController();
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < jobs.length && !stop.signal.aborted) {
      const i = next++;
      try {
        results[i] = await jobs[i]!(stop.signal);
      } catch (error) {
        stop.abort(error); // the first alone counts: a second changes nothing
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  stop.signal.throwIfAborted();
  return results;
}
