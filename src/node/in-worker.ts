import { Worker } from 'node:worker_threads';

/** What a worker's module posts: notes, as many as it likes, then its result. All of it is cloned. */
export type WorkerMessage<Result, Note> =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'result'; readonly result: Result };

export interface WorkerOptions<Note> {
  readonly onNote?: (note: Note) => void;
  /** Stops the thread; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a module in a thread of its own, with `data` as its `workerData`, and resolves to the result
 * that it posts. Rejects with what it throws, and where it ends without a result. Either way the
 * thread has ended by then.
 */
export async function inWorker<Result, Note = never>(
  module: URL,
  data: unknown,
  { onNote, signal }: WorkerOptions<Note> = {},
): Promise<Result> {
  signal?.throwIfAborted();
  const worker = new Worker(module, { workerData: data });
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop);
  try {
    return await outcome<Result, Note>(worker, {
      ...(onNote && { onNote }),
      ...(signal && { signal }),
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function outcome<Result, Note>(
  worker: Worker,
  { onNote, signal }: WorkerOptions<Note>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    // Node tells the exit last of all, so nothing is settled before it.
    let settle: (() => void) | null = null;
    worker.on('message', (message: WorkerMessage<Result, Note>) => {
      if (message.kind === 'note') {
        onNote?.(message.note);
        return;
      }
      settle ??= () => resolve(message.result);
      void worker.terminate(); // whatever it left open
    });
    worker.on('messageerror', (error) => {
      settle ??= () => reject(error);
      void worker.terminate();
    });
    worker.on('error', (error) => {
      settle ??= () => reject(error);
    });
    worker.on('exit', (code) => {
      if (settle) settle();
      else if (signal?.aborted) reject(signal.reason);
      else reject(new Error(`its thread ended with exit code ${code}, and without a result`));
    });
  });
}
