import { formatNumber } from '../../report/format.ts';
import { median, spread } from '../statistics.ts';
import type { SeedFigure, TwoLayerFigures } from './figures.ts';

/** What the material reports of its one run. */
const MATERIAL = { loss: 0.26, score: 0.9 };

/** What the figures say, whatever the page's seed: every number in it is computed. */
export function see(figures: TwoLayerFigures, epochs: number, engines: number): string[] {
  const { loss, bestDev, lossRises, scoreFalls, testOfBest, testOfLast } = figures;
  const of = `of ${loss.seeds.length} seeds`;
  const dev = paired(bestDev, testOfBest);
  const test = paired(testOfBest, testOfLast);
  const falling = lossRises.seeds.filter((rises) => rises === 0).length;
  return [
    `Trained by hand and by the tape, from the same start, the two networks end alike: no two figures of the first two columns differ by more than ${formatNumber(engines, 'scientific')}.`,
    `The training loss falls at every epoch in ${falling} ${of}. Yet the training score moves in steps, and falls at ${formatNumber(scoreFalls.own, 'count')} of ${formatNumber(epochs, 'count')} epochs here, in the median of the seeds at ${formatNumber(median(scoreFalls.seeds), 'count')}: the loss, not the accuracy, is what gradient descent follows.`,
    `Loss and accuracy are those of the seed. ${place('loss', loss, MATERIAL.loss)} ${place('best dev score', bestDev, MATERIAL.score)} ${isWithin(loss, MATERIAL.loss) && isWithin(bestDev, MATERIAL.score) ? 'The material’s one run could have been one of these; a' : 'A'} difference of a few percent between two such runs says nothing.`,
    `The best model is chosen by dev, so one expects its dev score to flatter it. It is above its test score in ${dev.above} ${of}, and below in ${dev.below} (${points(dev.difference)} points in the median): with 160 points to choose by and 200 to test on, ${Math.abs(dev.difference) < CHANCE ? 'chance is larger than the flattery' : 'that is more than chance'}. Only the test set chose nothing.`,
    `Keeping the best model is no gain in itself: on the test set its score is above that of the last one in ${test.above} ${of}, the same in ${test.same}, below in ${test.below}.`,
  ];
}

/** One standard error of a share near 0.88 of 200 points: √(0.88 · 0.12 / 200). */
const CHANCE = 0.023;

const place = (what: string, { own, seeds }: SeedFigure, material: number): string =>
  `The ${what} of ${formatNumber(own, 'significant')} is above that of ${seeds.filter((value) => value < own).length} of the ${seeds.length} seeds, the material’s ${formatNumber(material, 'significant')} above ${seeds.filter((value) => value < material).length}.`;

function isWithin({ seeds }: SeedFigure, value: number): boolean {
  const { low, high } = spread(seeds);
  return value >= low && value <= high;
}

interface Paired {
  /** In how many seeds the first figure is above, at and below the second. */
  readonly above: number;
  readonly same: number;
  readonly below: number;
  /** Median of the first less the second. */
  readonly difference: number;
}

function paired(first: SeedFigure, second: SeedFigure): Paired {
  const differences = first.seeds.map((value, i) => value - second.seeds[i]!);
  return {
    above: differences.filter((d) => d > 0).length,
    same: differences.filter((d) => d === 0).length,
    below: differences.filter((d) => d < 0).length,
    difference: median(differences),
  };
}

const points = (share: number): string => (100 * share).toFixed(1).replace('-', '−');
