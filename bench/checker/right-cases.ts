import { availableParallelism } from 'node:os';
import { inWorker } from '../../src/node/in-worker.ts';
import { formatNumber } from '../../src/report/format.ts';
import {
  blocksOf,
  type Found,
  hardText,
  percent,
  RESOLVED,
  resolvedShare,
  totalOf,
} from './cases/blocks.ts';
import { families } from './cases/families.ts';
import { hardProblems } from './cases/hard.ts';
import { judge } from './cases/judge-hard.ts';
import { type Tally, type Task, tally, tasksFor, together } from './cases/tally.ts';
import type { Part, PartContext } from './part.ts';

/** Right cases checked, all families together. */
const FULL = 100_000;
const QUICK = 2_000;

/** Does the checker leave right gradients alone, and does it know the hard cases? */
export async function rightCases({ quick, seed, progress }: PartContext): Promise<Part> {
  const tasks = tasksFor(quick ? QUICK : FULL, seed);
  let done = 0;
  const step = (): void => progress(++done / tasks.length, 'right cases');
  progress(0, 'right cases');
  const run = quick ? here : inThreads;
  const tallies = await run(tasks, step);
  return partOf({
    seed,
    tallies: families.map((_, k) =>
      together(
        k,
        tallies.filter((t) => t.family === k),
      ),
    ),
    hard: hardProblems.map(judge),
  });
}

/** What is said of it, and whether it is as it must be. */
export function partOf(found: Found): Part {
  const total = totalOf(found.tallies);
  const alarms = found.tallies.reduce((sum, t) => sum + t.alarms.length, 0);
  const resolved = resolvedShare(total);
  const contradicted = found.hard.filter((j) => j.kind === 'contradicted').length;
  const cases = formatNumber(total.cases, 'count');
  return {
    blocks: blocksOf(found),
    ok: alarms === 0 && resolved >= RESOLVED && contradicted === 0,
    headline: [
      `${formatNumber(alarms, 'count')} false alarms in ${cases} right cases of ${found.tallies.length} kinds; ${percent(resolved)} of them resolved (limit ${percent(RESOLVED)}).`,
      hardText(found.hard),
    ],
  };
}

type Run = (tasks: readonly Task[], step: () => void) => Promise<readonly Tally[]>;

const here: Run = async (tasks, step) =>
  tasks.map((task) => {
    const found = tally(task);
    step();
    return found;
  });

/** In as many threads as there are cores; compiled code only, as Node 20 runs no other. */
const inThreads: Run = async (tasks, step) => {
  const threads = Math.min(availableParallelism(), tasks.length);
  const worker = new URL('./cases/tally-worker.js', import.meta.url);
  // Neighbours cost alike: dealt out in turn, they make every thread's work the same.
  const shares = Array.from({ length: threads }, (_, t) =>
    tasks.filter((_task, k) => k % threads === t),
  );
  const stop = new AbortController();
  const { signal } = stop;
  try {
    const found = await Promise.all(
      shares.map((own) => inWorker<readonly Tally[], null>(worker, own, { onNote: step, signal })),
    );
    return found.flat();
  } finally {
    stop.abort(); // the others, where one failed
  }
};
