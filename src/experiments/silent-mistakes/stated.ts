import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import { median } from '../statistics.ts';
import type { Judged, RateRuns } from './at-rate.ts';
import type { SilentFigures } from './figures.ts';
import { caughtShare } from './figures.ts';
import { falls } from './judge.ts';
import type { Measured } from './measure.ts';

type Range = readonly [low: number, high: number];

/** In numbers of mistakes, of 24. */
interface Ranges {
  /** In most seeds, and in the median seed; measured over seeds 0 to 29, ten at a time, with a margin. */
  readonly normal: Range;
  readonly falls: Range;
  readonly normalOfSeed: Range;
  /** In one seed; measured over seeds 0 to 119, with a margin. */
  readonly fallsOfSeed: Range;
}

const RANGES: { readonly [rate: string]: Ranges } = {
  '0.2': { normal: [9, 12], falls: [18, 21], normalOfSeed: [8, 12], fallsOfSeed: [15, 22] },
  '5': { normal: [6, 9], falls: [16, 18], normalOfSeed: [5, 8], fallsOfSeed: [13, 18] },
};
const NORMAL_AT_SOME: Range = [9, 12];

/**
 * Of one start the least was 0.006 to 0.09, by `w-updated-before-dx` or `sample-left-out`: the learning
 * rate times a gradient is small beside a weight, and one sample among 32.
 */
const LEAST_ERROR: Range = [1e-4, 1];
/** Four in 10¹⁴ at most. The gap between the two is what lets a check tell wrong from right. */
const RIGHT_ERROR: Range = [0, 1e-12];

export const statedFigures = (measured: Measured, figures: SilentFigures): StatedFigure[] => [
  ...measured.rates.flatMap((runs, r) => ofRate(runs, figures.rates[r]!)),
  {
    what: 'mistakes that look normal at one rate at least, in most seeds',
    value: figures.normalAtSome,
    over: 'all seeds',
    stated: NORMAL_AT_SOME,
    format: 'count',
  },
  {
    what: 'share of mistakes that each gradient check catches',
    value: figures.caught / figures.mistakes.length,
    over: 'all seeds',
    stated: [1, 1],
  },
  {
    what: 'share of gradient checks that catch something in the right gradient',
    value: caughtShare(measured.checkOfRight),
    over: 'all seeds',
    stated: [0, 0],
  },
  {
    what: 'least error of a mistake, as a share of a slot’s gradient',
    value: figures.leastError,
    over: 'all seeds',
    stated: LEAST_ERROR,
  },
  {
    what: 'largest error of the right gradient, likewise',
    value: figures.rightError,
    over: 'all seeds',
    stated: RIGHT_ERROR,
  },
  ...alongFigures(measured.rates.map(({ along }) => along)),
];

function ofRate(
  { rate, own, mistaken, right }: RateRuns,
  { normal, falls: falling }: SilentFigures['rates'][number],
): StatedFigure[] {
  const ranges = RANGES[String(rate)]!;
  const counts = (has: (run: Judged) => boolean): number[] =>
    right.map((_, k) => mistaken.filter((runs) => has(runs[k]!)).length);
  const inMost = (what: string, value: number, stated: Range): StatedFigure => ({
    what: `rate ${rate}: ${what}, in most seeds`,
    value,
    over: 'all seeds',
    stated,
    format: 'count',
  });
  const normals = counts(({ look }) => look === 'normal');
  return [
    inMost('mistakes that look normal', normal, ranges.normal),
    inMost('mistakes with which the loss falls', falling, ranges.falls),
    // A right training of one seed may look wrong, and every mistake of that seed with it.
    {
      what: `rate ${rate}: mistakes that look normal, in the median seed`,
      value: median(normals),
      over: 'all seeds',
      seeds: normals,
      stated: ranges.normalOfSeed,
      format: 'count',
    },
    {
      what: `rate ${rate}: mistakes with which the loss falls, in one seed`,
      value: own.filter(falls).length,
      seeds: counts(falls),
      stated: ranges.fallsOfSeed,
      format: 'count',
    },
  ];
}
