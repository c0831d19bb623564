import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { inWorker, type WorkerMessage } from '../../src/node/in-worker.ts';

/**
 * Deals tasks out in turn, as neighbours cost alike, to as many threads as there are cores, or `most`;
 * the answers come thread by thread. `worker` is a module that calls `answer`: compiled, as Node 20 runs
 * no other. Rejects with what a thread throws, and stops the others.
 */
export async function deal<Task, Answer>(
  worker: URL,
  tasks: readonly Task[],
  { onAnswer, most = Infinity }: { readonly onAnswer: () => void; readonly most?: number },
): Promise<readonly Answer[]> {
  const threads = Math.min(availableParallelism(), most, tasks.length);
  const hands = Array.from({ length: threads }, (_, t) =>
    tasks.filter((_task, k) => k % threads === t),
  );
  const stop = new AbortController();
  const { signal } = stop;
  try {
    const answers = await Promise.all(
      hands.map((hand) =>
        inWorker<readonly Answer[], null>(worker, hand, { onNote: onAnswer, signal }),
      ),
    );
    return answers.flat();
  } finally {
    stop.abort(); // the others, where one failed
  }
}

/** What a thread of `deal` does: its tasks one after another, with a note of each. */
export async function answer<Task, Answer>(
  of: (task: Task) => Answer | Promise<Answer>,
): Promise<void> {
  const post = (message: WorkerMessage<readonly Answer[], null>): void =>
    parentPort!.postMessage(message); // there is one in every worker
  const result: Answer[] = [];
  const tasks = workerData as readonly Task[]; // all that `deal` ever sends
  for (const task of tasks) {
    result.push(await of(task));
    post({ kind: 'note', note: null });
  }
  post({ kind: 'result', result });
}
