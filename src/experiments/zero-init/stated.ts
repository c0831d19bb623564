import type { Along } from '../alongside.ts';
import { agreementFigure } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { BalancedFigures } from './balanced-runs.ts';
import { after, type StartOutcome } from './outcome.ts';
import { RANDOM_STARTS, type StartName } from './starts.ts';
import { looksLikeGuessing, reaches } from './tables.ts';
import type { StartFigures, StartRuns } from './train-starts.ts';
import type { Twins } from './twins.ts';

/** Ranges are measured over seeds 0 to 19, with a margin, unless a comment says more. */
export function statedFigures(
  starts: readonly StartRuns[],
  tape: readonly Twins[],
  even: BalancedFigures,
): StatedFigure[] {
  return [
    ...ofUnits(starts, tape),
    ...ofEarlyEpochs(starts),
    ...ofLaterEpochs(starts),
    ...ofBalance(starts, even),
    agreementFigure(starts.filter(isResolvable).map(({ along }) => along)),
  ];
}

/**
 * Whether there is more than rounding in a training's gradients. From zeros and with equal classes
 * there is not; the balanced runs are then the same training, and judged as such.
 */
export const isResolvable = ({ start, own }: StartFigures): boolean =>
  !(start === 'zeros' && isEven(own));

export const startOf = <F extends StartFigures>(
  starts: readonly F[],
  start: StartName,
  rate: number,
): F => starts.find((figures) => figures.start === start && figures.rate === rate)!;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Exact: five units that do the same arithmetic on the same numbers. */
function ofUnits(starts: readonly StartRuns[], tape: readonly Twins[]): StatedFigure[] {
  const zeroStarts = starts.filter(({ start }) => start === 'zeros');
  const seeds = zeroStarts[0]!.seeds.map((_, i) =>
    sum(zeroStarts.map((figures) => figures.seeds[i]!.twins.differing)),
  );
  return [
    {
      what: 'zero start, both rates: states of parameters or gradients in which hidden units differ in a bit',
      value: sum(zeroStarts.map(({ own }) => own.twins.differing)),
      seeds,
      stated: [0, 0],
      format: 'count',
    },
    {
      what: 'the same, trained by the tape alone',
      value: sum(tape.map(({ differing }) => differing)),
      stated: [0, 0],
      format: 'count',
    },
  ];
}

function ofEarlyEpochs(starts: readonly StartRuns[]): StatedFigure[] {
  const zero = startOf(starts, 'zeros', 0.2);
  const random = RANDOM_STARTS.flatMap((start) => startOf(starts, start, 0.2).seeds);
  return [
    {
      what: 'zero start, rate 0.2: training loss after 200 epochs (ln 2 is 0.693)',
      value: zero.own.trainLoss,
      seeds: zero.seeds.map(({ trainLoss }) => trainLoss),
      stated: [0.67, Math.LN2 + SUM_ROUNDING],
    },
    {
      what: 'zero start, rate 0.2: first epoch at which not all points are given one class',
      value: zero.own.decides,
      seeds: zero.seeds.map(({ decides }) => decides),
      // Never where both classes have as many points.
      stated: [150, Number.POSITIVE_INFINITY],
      format: 'count',
    },
    {
      what: 'random starts, rate 0.2: share with a dev score of 40–60 % after 5 epochs',
      value: random.filter((outcome) => looksLikeGuessing(outcome, 5)).length / random.length,
      stated: [0.5, 1],
    },
  ];
}

function ofLaterEpochs(starts: readonly StartRuns[]): StatedFigure[] {
  const score = (outcome: StartOutcome): number => after(outcome, 1000).score;
  const [slow, fast] = [startOf(starts, 'zeros', 0.2), startOf(starts, 'zeros', 5)];
  const oneUnit = startOf(starts, 'one hidden unit', 5);
  const uneven = slow.seeds.filter((outcome) => !isEven(outcome));
  return [
    {
      what: 'zero start, rate 0.2: dev score after 1,000 epochs, seeds with unequal classes',
      value: score(slow.own),
      seeds: uneven.map(score),
      stated: isEven(slow.own) ? [0.4, 0.6] : [0.82, 0.92],
    },
    ...RANDOM_STARTS.map((start): StatedFigure => {
      const { own, seeds } = startOf(starts, start, 0.2);
      return {
        what: `${start}, rate 0.2: dev score after 1,000 epochs`,
        value: score(own),
        seeds: seeds.map(score),
        stated: [0.82, 0.94],
      };
    }),
    // A straight line gets these; a few points of 160 more or less are chance.
    ...[fast, oneUnit].map(
      ({ start, own, seeds }): StatedFigure => ({
        what: `${start}, rate 5: dev score after 1,000 epochs`,
        value: score(own),
        seeds: seeds.map(score),
        stated: [0.82, 0.94],
      }),
    ),
    ...[fast, oneUnit].map(
      ({ start, seeds }): StatedFigure => ({
        what: `${start}, rate 5: share of seeds with a dev score of at least 99 % after 1,000 epochs`,
        value: share(seeds),
        stated: [0, 0],
      }),
    ),
    ...RANDOM_STARTS.map(
      (start): StatedFigure => ({
        what: `${start}, rate 5: share of seeds with a dev score of at least 99 % after 1,000 epochs`,
        value: share(startOf(starts, start, 5).seeds),
        stated: [0.8, 1],
      }),
    ),
  ];
}

const share = (seeds: readonly StartOutcome[]): number =>
  seeds.filter(reaches).length / seeds.length;

const isEven = ({ balance }: StartOutcome): boolean => balance.zeros === balance.ones;

function ofBalance(starts: readonly StartRuns[], even: BalancedFigures): StatedFigure[] {
  const { zeros, ones } = startOf(starts, 'zeros', 0.2).own.balance;
  // The gradient of the last bias is (zeros − ones)/2N; no other entry is larger.
  const surplus = Math.abs(zeros - ones) / (2 * (zeros + ones));
  const { gradient, seeds, runs } = even;
  return [
    {
      what: 'largest gradient entry at the zero start less what the class difference makes it',
      value: gradient.all - surplus,
      stated: [-ROUNDING, ROUNDING],
    },
    {
      what: 'largest gradient entry at the zero start with as many points of each class',
      value: gradient.even,
      seeds,
      stated: [0, ROUNDING],
    },
    {
      what: 'the same, rate 0.2: training loss − ln 2 at epoch 1,000',
      value: runs[0]!.halfWay,
      stated: [-SUM_ROUNDING, SUM_ROUNDING],
    },
    {
      what: 'the same, both rates: largest difference by hand and by the tape ÷ what rounding allows',
      value: Math.max(...runs.map(({ along }) => along.worst)),
      stated: [0, 1],
    },
    {
      what: 'the same, both rates: comparisons that neither agree nor are too small to resolve',
      value: sum(runs.map(({ along }) => along.compared - settled(along))),
      stated: [0, 0],
      format: 'count',
    },
  ];
}

/** Comparisons that agree, or whose gradients are too small for any difference to be judged. */
const settled = ({ verdicts }: Along): number =>
  (verdicts.get('agrees') ?? 0) + (verdicts.get('unresolved') ?? 0);

/** What may be left of a sum of no more than 1 that cancels: a rounding or two of its size. */
const ROUNDING = 2 ** -52;
/** The same of 640 losses near ln 2, added one by one. */
const SUM_ROUNDING = 640 * ROUNDING;
