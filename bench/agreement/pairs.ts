import type { Deviation } from '../../src/check/deviation.ts';
import type { Verdict } from '../../src/check/verdict.ts';
import type { CaseResult } from './measure.ts';

/** Two methods over all problems: their worst moment. */
export interface PairSummary {
  readonly a: string;
  readonly b: string;
  /** The worst verdict. */
  readonly verdict: Verdict;
  /** The largest error beside its tolerance, over all problems. */
  readonly worst: Deviation;
  /** The problem it stands in. */
  readonly where: string;
  readonly problems: number;
  /** What to know besides, each note with its problem. */
  readonly notes: readonly string[];
  readonly ulps: number;
  /** The smallest error in one entry that would have been caught everywhere, over ‖gradient‖. */
  readonly caught: number;
}

/** What a reader must not miss comes last. */
const SEVERITY: readonly Verdict[] = ['agrees', 'unsupported', 'unresolved'];

/** Whether a verdict says that something is wrong. */
export const isWrong = (verdict: Verdict): boolean => !SEVERITY.includes(verdict);

const severity = (verdict: Verdict): number =>
  isWrong(verdict) ? SEVERITY.length : SEVERITY.indexOf(verdict);

/** One summary a pair of methods, in the order in which the pairs appear. */
export function summarisePairs(results: readonly CaseResult[]): PairSummary[] {
  const pairs = new Map<string, PairSummary>();
  for (const { case: c, pairs: found } of results) {
    for (const { a, b, verdict, notes, worst, ulps, caught } of found) {
      const key = `${a} ${b}`;
      const noted = notes.map((note) => `${note}: ${c.name}`);
      const here = { a, b, verdict, worst, where: c.name, problems: 1, notes: noted, ulps, caught };
      const before = pairs.get(key);
      pairs.set(key, before ? merge(before, here) : here);
    }
  }
  return [...pairs.values()];
}

function merge(left: PairSummary, right: PairSummary): PairSummary {
  const harder = severity(right.verdict) - severity(left.verdict);
  const isWorse = harder > 0 || (harder === 0 && right.worst.normalised > left.worst.normalised);
  return {
    ...(isWorse ? right : left),
    problems: left.problems + right.problems,
    notes: [...left.notes, ...right.notes],
    ulps: larger(left.ulps, right.ulps),
    caught: larger(left.caught, right.caught),
  };
}

/** NaN marks what a sampled comparison does not know. */
const larger = (a: number, b: number): number =>
  Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b);
