import { committedCases } from './cases/case-set.ts';
import { type CaseTally, type Task, tasksFor, together } from './cases/case-tally.ts';
import { barBlocks, barsText } from './cases/error-bar-blocks.ts';
import { type BarsFound, committedTruths, errorBars } from './cases/error-bars.ts';
import { families } from './cases/families.ts';
import { hardCases } from './cases/hard.ts';
import { hardBlocks, hardText, MISSED } from './cases/hard-blocks.ts';
import { type Judgement, judge } from './cases/judge-hard.ts';
import { plantedBlocks, plantedShares, plantedText } from './cases/planted-blocks.ts';
import { alarmText, RESOLVED, resolvedOf, rightBlocks } from './cases/right-blocks.ts';
import { deal } from './deal.ts';
import type { Part, PartContext } from './part.ts';

/** Right cases checked, all families together. */
const FULL = 100_000;
const QUICK = 2_000;
/**
 * What was called wrong among those of seed 0 was mended: they are no proof any more. This seed was
 * chosen before anyone looked at it. Whoever mends what it finds chooses another.
 */
const FRESH_SEED = 20_261_123;
const FRESH = 20_000;
/** Of the committed cases, so many are checked for their error bars in a shortened run. */
const QUICK_BARS = 40;

/** What the right cases and the hard ones came to. */
export interface Found {
  /** One a family. */
  readonly tallies: readonly CaseTally[];
  /** The same of a seed on which nothing was tuned; none in a shortened run. */
  readonly fresh: readonly CaseTally[];
  readonly hard: readonly Judgement[];
  readonly bars: BarsFound;
}

/** Does the checker leave right gradients alone, keep what it says beside them, and know the hard cases? */
export async function rightCases({ quick, seed, progress }: PartContext): Promise<Part> {
  const tasks = quick
    ? tasksFor(QUICK, seed)
    : [...tasksFor(FULL, seed), ...tasksFor(FRESH, FRESH_SEED)];
  let done = 0;
  progress(0, 'right cases');
  const worker = new URL('./cases/worker.js', import.meta.url);
  const found = await deal<Task, CaseTally>(worker, tasks, {
    onAnswer: () => progress(++done / tasks.length, 'right cases'),
  });
  const talliesOf = (own: number): CaseTally[] =>
    families.map((_, k) =>
      together(
        k,
        own,
        found.filter((t) => t.family === k && t.seed === own),
      ),
    );
  return partOf({
    tallies: talliesOf(seed),
    fresh: quick ? [] : talliesOf(FRESH_SEED),
    hard: hardCases.map(judge),
    bars: await barsOf(quick),
  });
}

async function barsOf(quick: boolean): Promise<BarsFound> {
  const specs = committedCases();
  const every = quick ? Math.ceil(specs.length / QUICK_BARS) : 1;
  return errorBars(
    await committedTruths(),
    specs.filter((_, k) => k % every === 0),
  );
}

/** What is said of it, and whether it is as it must be. */
export function partOf({ tallies, fresh, hard, bars }: Found): Part {
  const all = [...tallies, ...fresh];
  const alarms = all.reduce((sum, t) => sum + t.alarms.length, 0);
  const enough = [tallies, fresh].every((of) => of.length === 0 || resolvedOf(of) >= RESOLVED);
  const of = (kind: Judgement['kind']): number => hard.filter((j) => j.kind === kind).length;
  const passed = plantedShares(all).reduce((sum, share) => sum + share.agrees, 0);
  return {
    blocks: [
      ...rightBlocks(tallies, fresh),
      ...plantedBlocks(all),
      ...barBlocks(bars),
      ...hardBlocks(hard),
    ],
    ok:
      alarms === 0 &&
      enough &&
      passed === 0 &&
      bars.outside.length === 0 &&
      of('contradicted') === 0 &&
      of('missed') <= MISSED,
    headline: [
      alarmText(tallies),
      ...(fresh.length > 0 ? [`Of a seed never tuned on: ${alarmText(fresh)}`] : []),
      plantedText(all),
      barsText(bars),
      hardText(hard),
    ],
  };
}
