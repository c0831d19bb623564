import { agreementFigure } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { Judged, RateRuns } from './at-rate.ts';
import type { SilentFigures } from './figures.ts';
import { caughtShare } from './figures.ts';
import { falls } from './judge.ts';
import type { Measured } from './measure.ts';

type Range = readonly [low: number, high: number];

/** In numbers of mistakes, of 24; measured over seeds 0 to 29, ten at a time, with a margin. */
interface Ranges {
  /** In most seeds. */
  readonly normal: Range;
  readonly falls: Range;
  /** In one seed. */
  readonly normalOfSeed: Range;
  readonly fallsOfSeed: Range;
}

const RANGES: { readonly [rate: string]: Ranges } = {
  '0.2': { normal: [9, 12], falls: [18, 21], normalOfSeed: [5, 14], fallsOfSeed: [17, 22] },
  '5': { normal: [6, 9], falls: [16, 18], normalOfSeed: [3, 10], fallsOfSeed: [14, 18] },
};
const NORMAL_AT_SOME: Range = [9, 12];
/** `w-updated-before-dx` is the least wrong: the learning rate times a gradient is small beside a weight. */
const LEAST_ERROR: Range = [0.01, 0.1];

export const statedFigures = (measured: Measured, figures: SilentFigures): StatedFigure[] => [
  ...measured.rates.flatMap((runs, r) => ofRate(runs, figures.rates[r]!)),
  {
    what: 'mistakes that look normal at one rate at least, in most seeds',
    value: figures.normalAtSome,
    stated: NORMAL_AT_SOME,
    format: 'count',
  },
  {
    what: 'share of mistakes that each gradient check catches',
    value: figures.caught / figures.mistakes.length,
    stated: [1, 1],
  },
  {
    what: 'share of gradient checks that catch something in the right gradient',
    value: caughtShare(measured.checkOfRight),
    stated: [0, 0],
  },
  {
    what: 'least error of a mistake, as a share of a slot’s gradient',
    value: figures.leastError,
    stated: LEAST_ERROR,
  },
  agreementFigure(measured.rates.map(({ along }) => along)),
];

function ofRate(
  { rate, own, mistaken, right }: RateRuns,
  { normal, falls: falling }: SilentFigures['rates'][number],
): StatedFigure[] {
  const ranges = RANGES[String(rate)]!;
  const ofSeed = (what: string, has: (run: Judged) => boolean, stated: Range): StatedFigure => ({
    what: `rate ${rate}: ${what}, in one seed`,
    value: own.filter(has).length,
    seeds: right.map((_, k) => mistaken.filter((runs) => has(runs[k]!)).length),
    stated,
    format: 'count',
  });
  const inMost = (what: string, value: number, stated: Range): StatedFigure => ({
    what: `rate ${rate}: ${what}, in most seeds`,
    value,
    stated,
    format: 'count',
  });
  return [
    inMost('mistakes that look normal', normal, ranges.normal),
    inMost('mistakes with which the loss falls', falling, ranges.falls),
    ofSeed('mistakes that look normal', ({ look }) => look === 'normal', ranges.normalOfSeed),
    ofSeed('mistakes with which the loss falls', falls, ranges.fallsOfSeed),
  ];
}
