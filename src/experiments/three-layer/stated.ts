import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import { median } from '../statistics.ts';
import { effects, reaching } from './effects.ts';
import type { Outcome, Setting, SettingFigures, SettingRuns } from './settings.ts';

type Range = StatedFigure['stated'];

const NEVER: Range = [0, 0];

/**
 * Of one seed there is little to claim: at rate 5 a training that ends near 0 and one that stays at a
 * straight line are both right. What is claimed is how often each happens, of twenty seeds drawn at
 * random from 150, and a margin.
 */
interface Ranges {
  /** Median over the seeds. */
  readonly testLoss: Range;
  /** Median over the seeds; never means in no seed at all. */
  readonly rises: Range;
  /** Share of the seeds. */
  readonly reached: Range;
  readonly failed: Range;
}

const RANGES: { readonly [setting: string]: Ranges } = {
  '2-5-1 at 0.2': { testLoss: [0.235, 0.29], rises: NEVER, reached: NEVER, failed: NEVER },
  // One or two seeds in a hundred are still where they began: 42 %.
  '2-5-3-1 at 0.2': { testLoss: [0.26, 0.335], rises: NEVER, reached: NEVER, failed: [0, 0.15] },
  // 93 % of the seeds; PyTorch has 17 of 20.
  '2-5-1 at 5': { testLoss: [0.01, 0.03], rises: [2, 6], reached: [0.8, 1], failed: NEVER },
  // 83 % of the seeds; PyTorch has 17 of 20. One in a hundred ends in a leap of the loss, to 47 %.
  '2-5-3-1 at 5': {
    testLoss: [0.0027, 0.014],
    rises: [30, 130],
    reached: [0.7, 1],
    failed: [0, 0.15],
  },
};

/** A last model that scores less has not even a straight line between the moons. */
const FAILED = 0.7;

export const statedFigures = (settings: readonly SettingRuns[]): StatedFigure[] => [
  ...settings.flatMap(ofSetting),
  ...ofEffects(settings),
  ...alongFigures(settings.map(({ along }) => along)),
];

function ofSetting({ network, rate, own, seeds }: SettingFigures): StatedFigure[] {
  const name = `${network} at ${rate}`;
  const ranges = RANGES[name]!;
  const rises = 'epochs at which the training loss does not fall';
  return [
    {
      what: `${name}: test loss of the last model, median`,
      value: median(seeds.map((outcome) => outcome.testLossLast)),
      over: 'all seeds',
      stated: ranges.testLoss,
    },
    ranges.rises === NEVER
      ? {
          what: `${name}: ${rises}`,
          value: own.rises,
          seeds: seeds.map((outcome) => outcome.rises),
          stated: NEVER,
          format: 'count',
        }
      : {
          what: `${name}: ${rises}, median`,
          value: median(seeds.map((outcome) => outcome.rises)),
          over: 'all seeds',
          stated: ranges.rises,
        },
    {
      what: `${name}: share of seeds with a best dev score of at least 99 %`,
      value: reaching(seeds, 'devBest'),
      over: 'all seeds',
      stated: ranges.reached,
    },
    {
      what: `${name}: share of seeds whose last model has less than 70 % on the test set`,
      value: seeds.filter((outcome) => outcome.testLast < FAILED).length / seeds.length,
      over: 'all seeds',
      stated: ranges.failed,
    },
  ];
}

/** The layer alone raised the test loss, and the rate alone lowered it, in each of 150 seeds. */
function ofEffects(settings: readonly SettingFigures[]): StatedFigure[] {
  const [layer, rate, layerAfter, , both] = effects(settings);
  const lowers = (what: string, value: number, stated: Range): StatedFigure => ({
    what: `share of seeds in which ${what} lowers the test loss`,
    value,
    over: 'all seeds',
    stated,
  });
  return [
    lossRatio('the layer alone, at rate 0.2', settings, [
      { network: '2-5-1', rate: 0.2 },
      { network: '2-5-3-1', rate: 0.2 },
      [1, Number.POSITIVE_INFINITY],
    ]),
    lowers('the layer alone, at rate 0.2,', layer!.lowers, NEVER),
    lossRatio('the rate alone, 2-5-1', settings, [
      { network: '2-5-1', rate: 0.2 },
      { network: '2-5-1', rate: 5 },
      [Number.NEGATIVE_INFINITY, 1],
    ]),
    lowers('the rate alone, 2-5-1,', rate!.lowers, [1, 1]),
    lowers('the layer, at rate 5,', layerAfter!.lowers, [0.6, 1]),
    lowers('making both changes, as the material does,', both!.lowers, [0.9, 1]),
  ];
}

/** Test loss of the last model after a change over that before it, of the same seed. */
function lossRatio(
  what: string,
  settings: readonly SettingFigures[],
  [before, after, stated]: readonly [Setting, Setting, Range],
): StatedFigure {
  const of = ({ network, rate }: Setting): SettingFigures =>
    settings.find((setting) => setting.network === network && setting.rate === rate)!;
  const ratio = (a: Outcome, b: Outcome): number => b.testLossLast / a.testLossLast;
  return {
    what: `${what}: test loss after over before`,
    value: ratio(of(before).own, of(after).own),
    seeds: of(before).seeds.map((outcome, i) => ratio(outcome, of(after).seeds[i]!)),
    stated,
  };
}
