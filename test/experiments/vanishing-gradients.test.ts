import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import { isInside, type StatedFigure } from '../../src/experiments/stated-figure.ts';
import { recordedNorms } from '../../src/experiments/torch-norms.ts';
import {
  type VanishingFigures,
  vanishingFigures,
} from '../../src/experiments/vanishing-gradients/figures.ts';
import {
  type Case,
  measureAll,
  STARTS,
} from '../../src/experiments/vanishing-gradients/measure.ts';
import { seeItems } from '../../src/experiments/vanishing-gradients/see.ts';
import { statedFigures } from '../../src/experiments/vanishing-gradients/stated.ts';
import { normsTable } from '../../src/experiments/vanishing-gradients/tables.ts';
import { vanishingGradients } from '../../src/experiments/vanishing-gradients.ts';
import { assertReport, none, type Table } from '../../src/report/report.ts';
import { testContext } from './context.ts';

const context = testContext();
const torch = recordedNorms(JSON.parse(await readFile('bench/pytorch/material.json', 'utf8')));

let result: ExperimentResult<VanishingFigures>;
let cases: readonly Case[];
beforeAll(async () => {
  result = await vanishingGradients.run(context);
  cases = await measureAll(context);
});

test('two runs are the same to the last bit', () => {
  expect(vanishingFigures(cases, null)).toEqual(result.figures);
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

test('every figure of one seed, and every exact one, lies in its range', () => {
  const own = result.stated.filter(
    ({ over, stated: [low, high] }) => over !== 'all seeds' || low === high,
  );
  expect(own.length).toBeGreaterThan(7);
  expect(own.filter((figure) => !isInside(figure))).toEqual([]);
});

test('a gradient that does not fall at one step of another seed is outside', () => {
  const planted = cases.map((of) => ({
    ...of,
    others: of.others.map((other, i) =>
      i === 1 ? { ...other, grads: other.grads.map((norms) => [...norms].reverse()) } : other,
    ),
  }));
  const found = statedFigures(planted, vanishingFigures(planted, null)).filter(({ what }) =>
    what.startsWith('steps back'),
  );
  expect(found.map(isInside)).toEqual([false, false]);
});

describe('PyTorch’s medians', () => {
  const medians = (of: readonly StatedFigure[]): readonly StatedFigure[] =>
    of.filter(({ what }) => what.startsWith('gradient, small start'));

  test('the norms of the weights in place of the gradients’ are outside every stated range', () => {
    const confused = cases.map((of) => ({
      ...of,
      others: of.others.map((other) => ({ ...other, grads: other.weights })),
    }));
    const found = medians(statedFigures(confused, vanishingFigures(confused, torch)));
    expect(found).toHaveLength(10);
    expect(found.some(isInside)).toBe(false);
  });

  test('are shown in rows of their own, and counted where ours lie among them', () => {
    const figures = vanishingFigures(cases, torch);
    const { rows } = normsTable(figures) as Table;
    const first = rows.map(([, what, layer]) => [what, layer]);
    expect(first[1]).toEqual([
      { kind: 'text', text: 'sigmoid: gradient in PyTorch' },
      expect.objectContaining({ value: figures.cases.small.sigmoid.torch!.median[0] }),
    ]);
    const there = STARTS.flatMap((start) => Object.values(figures.cases[start])).flatMap(
      ({ median, torch: of }) =>
        median.filter((norm, i) => norm >= of!.low[i]! && norm <= of!.high[i]!),
    ).length;
    expect(seeItems(figures, 0).at(-1)).toContain(
      `Of the 30 medians of gradients above, ${there} `,
    );
  });

  test('where not recorded, are said not to be, and nothing is stated by them', () => {
    expect(medians(result.stated)).toEqual([]);
    const [row] = (normsTable(result.figures) as Table).rows.slice(1);
    expect(row!.slice(2)).toEqual(Array.from({ length: 5 }, () => none('not recorded')));
    expect(seeItems(result.figures, 0).join()).not.toMatch(/PyTorch’s medians|undefined/);
  });
});

// Of a page's seed that is none of the others: to renew, `npx vitest run -u` this file, and look at
// what changed.
test('figures of seed 2 beside seeds 0 and 1 are those recorded', async () => {
  const { figures, stated } = await vanishingGradients.run(testContext({ seed: 2 }));
  const found = {
    figures,
    stated: stated.map(({ what, value, seeds }) => ({ what, value, seeds })),
  };
  await expect(`${JSON.stringify(found, null, 2)}\n`).toMatchFileSnapshot(
    '../fixtures/experiments/vanishing-gradients.json',
  );
});

test('the report is whole and has a chart', () => {
  assertReport(result.report);
  expect(result.report.blocks.some(({ kind }) => kind === 'chart')).toBe(true);
});
