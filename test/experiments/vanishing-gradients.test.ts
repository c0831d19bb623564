import { beforeAll, expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import { isInside, type StatedFigure } from '../../src/experiments/stated-figure.ts';
import {
  type VanishingFigures,
  vanishingFigures,
} from '../../src/experiments/vanishing-gradients/figures.ts';
import { type Case, measureAll } from '../../src/experiments/vanishing-gradients/measure.ts';
import { statedFigures } from '../../src/experiments/vanishing-gradients/stated.ts';
import { vanishingGradients } from '../../src/experiments/vanishing-gradients.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';

const context = testContext();

let result: ExperimentResult<VanishingFigures>;
let cases: readonly Case[];
beforeAll(async () => {
  result = await vanishingGradients.run(context);
  cases = await measureAll(context);
});

test('two runs are the same to the last bit', () => {
  expect(vanishingFigures(cases)).toEqual(result.figures);
});

test('with small weights the gradient falls at every step back, with ReLU too', () => {
  for (const { start, own, others } of cases) {
    if (start !== 'small') continue;
    for (const { grads } of [own, ...others]) {
      expect(grads[0]).toEqual([...grads[0]!].sort((a, b) => a - b));
    }
  }
});

test('small weights take more than sigmoids do, and ReLU gives back the sigmoids’ part alone', () => {
  const { sigmoid, relu } = result.figures.cases.small;
  expect(-sigmoid.decades.weights).toBeGreaterThan(-sigmoid.decades.slopes);
  expect(relu.decades.slopes).toBeCloseTo(0, 12);
  expect(relu.decades.all).toBeLessThan(-6);
});

test('the weights, which the material prints, do not fall with the gradient', () => {
  const { own, weights } = result.figures.cases.small.sigmoid;
  expect(own[4]! / own[0]!).toBeGreaterThan(1e8);
  expect(result.figures.weightsSpread).toBeLessThan(5);
  expect(Math.max(...weights)).toBeLessThan(0.1);
});

test('every figure that one seed or exactness decides lies in its range', () => {
  const own = result.stated.filter(({ what }) => !what.includes('over the seeds'));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter(({ what }) => !what.startsWith('share of seeds')).every(isInside)).toBe(true);
});

test('the norms of the weights in place of the gradients’ are outside every stated range', () => {
  const confused = cases.map((of) => ({
    ...of,
    others: of.others.map((other) => ({ ...other, grads: other.weights })),
  }));
  const medians = (of: readonly StatedFigure[]): readonly StatedFigure[] =>
    of.filter(({ what }) => what.startsWith('gradient, small start'));
  const found = medians(statedFigures(confused, vanishingFigures(confused)));
  expect(found).toHaveLength(10);
  expect(found.some(isInside)).toBe(false);
});

test('the report is whole and has a chart', () => {
  assertReport(result.report);
  expect(result.report.blocks.some(({ kind }) => kind === 'chart')).toBe(true);
});
