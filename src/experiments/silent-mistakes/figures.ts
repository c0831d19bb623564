import type { Mistake } from '../../check/mistakes/mistake.ts';
import type { Verdict } from '../../check/verdict.ts';
import { median, type Spread, spread } from '../statistics.ts';
import type { Judged, RateRuns } from './at-rate.ts';
import { isCaught, ORACLES } from './gradient-check.ts';
import { falls, type Look, lastLoss, rightEpoch, usualLook } from './judge.ts';
import type { Checked, Measured } from './measure.ts';

/** One gradient at one rate; counts are of seeds. */
export interface GradientAtRate {
  /** In most seeds. */
  readonly look: Look;
  readonly normal: number;
  /** Of `normal`: with a loss lower than every right training's. */
  readonly better: number;
  readonly slower: number;
  readonly fails: number;
  /** The loss of the last epoch is below that of the first. */
  readonly falls: number;
  /** Over the seeds, as the scores; ∞ for one that is not a number. */
  readonly loss: Spread;
  readonly devScore: Spread;
  /** The median epoch at which the right training from the same start was as far; all of them if it never was. */
  readonly rightEpoch: number;
}

export interface MistakeFigures {
  readonly name: string;
  readonly part: Mistake['part'];
  /** By rate, in the order of `SilentFigures.rates`. */
  readonly atRates: readonly GradientAtRate[];
  /** What the check by complex step says at the page's own start. */
  readonly verdict: Verdict;
  /** The least error over the starts, as a share of a slot's gradient; null where calls could not be compared. */
  readonly leastError: number | null;
  /** The share of checks, at every start and by either oracle, that catch it. */
  readonly caught: number;
}

/** All mistakes at one rate; counts are of mistakes, by what they do in most seeds. */
export interface RateFigures {
  readonly rate: number;
  /** The right gradient beside itself. */
  readonly right: GradientAtRate;
  readonly normal: number;
  readonly better: number;
  readonly slower: number;
  readonly fails: number;
  readonly falls: number;
  /** Right trainings from other seeds, and how many of them look normal beside the others. */
  readonly control: { readonly trained: number; readonly normal: number };
}

/** What unseen mistakes come to, for other pages to quote. */
export interface SilentFigures {
  readonly seeds: number;
  readonly epochs: number;
  readonly rates: readonly RateFigures[];
  readonly mistakes: readonly MistakeFigures[];
  /** Mistakes that look normal, in most seeds, at one rate at least, and at every rate. */
  readonly normalAtSome: number;
  readonly normalAtEvery: number;
  /** Mistakes whose loss falls, in most seeds, at one rate at least. */
  readonly fallsAtSome: number;
  /** Mistakes that every check catches, and the smallest error among those that were compared. */
  readonly caught: number;
  readonly leastError: number;
  /** The largest error of the right gradient in the same check by complex step. */
  readonly rightError: number;
}

export function silentFigures({
  seeds,
  epochs,
  mistakes,
  rates,
  checks,
  checkOfRight,
}: Measured): SilentFigures {
  const all = mistakes.map(
    ({ name, part }, i): MistakeFigures => ({
      name,
      part,
      atRates: rates.map((runs) => atRate(runs.mistaken[i]!, runs)),
      verdict: checks[i]![ORACLES[0]][0]!.verdict,
      leastError: extreme(Math.min, checks[i]!),
      caught: caughtShare(checks[i]!),
    }),
  );
  const trained = seeds.compared.length;
  return {
    seeds: trained,
    epochs,
    rates: rates.map((runs, r): RateFigures => {
      const { rate, right, control } = runs;
      const here = all.map(({ atRates }) => atRates[r]!);
      const looking = (look: Look): number => here.filter((m) => m.look === look).length;
      return {
        rate,
        right: atRate(right, runs),
        normal: looking('normal'),
        better: here.filter(({ better }) => isMost(better, trained)).length,
        slower: looking('slower'),
        fails: looking('fails'),
        falls: here.filter((m) => isMost(m.falls, trained)).length,
        control: {
          trained: control.length,
          normal: control.filter(({ look }) => look === 'normal').length,
        },
      };
    }),
    mistakes: all,
    normalAtSome: all.filter(({ atRates }) => atRates.some(isNormal)).length,
    normalAtEvery: all.filter(({ atRates }) => atRates.every(isNormal)).length,
    fallsAtSome: all.filter(({ atRates }) => atRates.some((m) => isMost(m.falls, trained))).length,
    caught: all.filter(({ caught }) => caught === 1).length,
    leastError: Math.min(...all.flatMap(({ leastError }) => leastError ?? [])),
    rightError: extreme(Math.max, checkOfRight)!,
  };
}

/** More than half. */
export const isMost = (count: number, of: number): boolean => 2 * count > of;

export const isNormal = ({ look }: GradientAtRate): boolean => look === 'normal';

function atRate(runs: readonly Judged[], { right }: RateRuns): GradientAtRate {
  const looking = (look: Look): number => runs.filter((run) => run.look === look).length;
  return {
    look: usualLook(runs.map(({ look }) => look)),
    normal: looking('normal'),
    better: runs.filter(({ better }) => better).length,
    slower: looking('slower'),
    fails: looking('fails'),
    falls: runs.filter(falls).length,
    loss: spread(runs.map(lastLoss).map((loss) => (Number.isNaN(loss) ? Infinity : loss))),
    devScore: spread(runs.map(({ devScore }) => devScore)),
    rightEpoch: median(runs.map((run, i) => rightEpoch(run, right[i]!))),
  };
}

/** Over the starts, by complex step; null where there is none to compare. */
function extreme(of: (...errors: number[]) => number, checked: Checked): number | null {
  const errors = checked[ORACLES[0]].flatMap(({ slotError }) => slotError ?? []);
  return errors.length === 0 ? null : of(...errors);
}

/** The share of checks, by every oracle and at every start, that catch it. */
export function caughtShare(checked: Checked): number {
  const found = ORACLES.flatMap((oracle) => checked[oracle]);
  return found.filter(isCaught).length / found.length;
}
