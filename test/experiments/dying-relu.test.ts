import { beforeAll, describe, expect, test } from 'vitest';
import type { Along } from '../../src/experiments/alongside.ts';
import { deadMasks, deadUnits } from '../../src/experiments/dying-relu/dead-units.ts';
import { type DyingFigures, dyingFigures } from '../../src/experiments/dying-relu/figures.ts';
import {
  type CaseResult,
  measureAll,
  resultOf,
  type Trained,
} from '../../src/experiments/dying-relu/measure.ts';
import {
  measureRevivals,
  type RevivalRuns,
  wokenBetween,
} from '../../src/experiments/dying-relu/revivals.ts';
import { seeItems } from '../../src/experiments/dying-relu/see.ts';
import { statedFigures } from '../../src/experiments/dying-relu/stated.ts';
import { gradientsTable, movesTable } from '../../src/experiments/dying-relu/tables.ts';
import { fiveLayerSetup } from '../../src/experiments/five-layer.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { slotValues } from '../../src/params/params.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';

const EPOCHS = 20;

let results: readonly CaseResult[];
let revivals: RevivalRuns;
let figures: DyingFigures;
beforeAll(async () => {
  results = await measureAll(testContext(), EPOCHS);
  revivals = await measureRevivals(testContext(), EPOCHS);
  figures = dyingFigures(results, revivals.figures);
});

const alongs = (): readonly Along[] => [...results.map(({ along }) => along), revivals.along];

describe('biases of −8', () => {
  test('ReLU: every gradient but the output bias’s is 0, and no hidden parameter changes', () => {
    const { own, trained } = resultOf(results, 'relu');
    for (const of of [own, ...trained]) {
      expect(of.largestGrad).toBe(0);
      expect(of.changed).toBe(0);
      expect(of.moves.slice(0, 4)).toEqual([0, 0, 0, 0]);
      expect(of.deadUnits).toEqual([3, 3, 3, 3]);
    }
  });

  test('ReLU: the output bias learns, and the loss falls', () => {
    const { outputBias, loss, rises } = figures.cases.relu.training!;
    expect(Math.abs(outputBias.grad)).toBeCloseTo(0.5, 1);
    expect(outputBias.last).toBeGreaterThan(-8);
    expect(loss.last).toBeLessThan(loss.first);
    expect(rises).toBe(0);
  });

  test('Leaky ReLU has gradients, more with a larger slope, and ELU fewer', () => {
    const first = (
      ['elu', 'leaky-0.01', 'leaky-0.1', 'leaky-0.3', 'slope-1', 'default-leaky-0.01'] as const
    ).map((name) => figures.cases[name].median[0]!);
    expect(first[0]).toBeGreaterThan(0);
    expect(first).toEqual([...first].sort((a, b) => a - b));
  });

  test('a gradient above 0 need not change a bit: ELU, and Leaky ReLU in float32', () => {
    const { elu, 'leaky-0.01-float32': single, 'leaky-0.01': leaky } = figures.cases;
    expect(elu.own[0]).toBeGreaterThan(0);
    expect(elu.training!.moves[0]).toBe(0);
    expect(single.own[1]).toBeGreaterThan(0);
    expect(single.training!.moves.slice(0, 2)).toEqual([0, 0]);
    expect(leaky.training!.moves[1]).toBeGreaterThan(0);
  });
});

describe('dead units', () => {
  const setup = fiveLayerSetup({ hidden: 'relu', start: 'small', seed: 0, epochs: 0 });

  test('none where biases are 1 and weights small', () => {
    expect(deadUnits(setup.model, setup.params, setup.split.train)).toEqual([0, 0, 0, 0]);
  });

  test('a unit put to sleep is counted in its layer', () => {
    slotValues(setup.params, 'fc2.bias')[1] = -8;
    expect(deadUnits(setup.model, setup.params, setup.split.train)).toEqual([0, 1, 0, 0]);
  });
});

describe('revivals', () => {
  test('of the first layer none wakes: its inputs are the data', () => {
    const { layers } = figures.revivals;
    expect(layers[0]!.dead).toBeGreaterThan(0);
    expect(layers[0]!.woken).toBe(0);
    expect(layers).toHaveLength(4);
  });

  test('a dead unit that is active afterwards is counted, one that dies is not', () => {
    expect(wokenBetween([[true, true, false]], [[true, false, true]])).toEqual([
      { dead: 2, woken: 1 },
    ]);
  });

  test('a dead unit wakes when a unit before it is moved', () => {
    const { model, params, split } = fiveLayerSetup({
      hidden: 'relu',
      start: 'small',
      seed: 0,
      epochs: 0,
    });
    slotValues(params, 'fc2.bias')[1] = -0.1;
    slotValues(params, 'fc2.weight').fill(0.01, 3, 6);
    const before = deadMasks(model, params, split.train);
    slotValues(params, 'fc1.bias').fill(100);
    const after = deadMasks(model, params, split.train);
    expect(wokenBetween(before, after)[1]).toEqual({ dead: 1, woken: 1 });
  });
});

describe('stated figures', () => {
  const exact = (of: readonly CaseResult[]): readonly boolean[] =>
    statedFigures(of, figures, alongs())
      .filter(({ what }) => what.startsWith('ReLU, biases −8') && what.includes('any seed'))
      .map(isInside);

  test('the zeros hold in every seed', () => {
    expect(exact(results)).toEqual([true, true]);
  });

  test('the least gradient, or one bit changed, in another seed is outside', () => {
    const planted = (change: Partial<Trained>): readonly CaseResult[] =>
      results.map((of) => ({
        ...of,
        trained: of.trained.map((one, i) => (i === 1 ? { ...one, ...change } : one)),
      }));
    expect(exact(planted({ largestGrad: Number.MIN_VALUE }))).toEqual([false, true]);
    expect(exact(planted({ changed: 1 }))).toEqual([true, false]);
  });

  test('by hand and by the tape no gradient differs by more than rounding allows', () => {
    const agreement = statedFigures(results, figures, alongs()).filter(({ what }) =>
      what.includes('by hand against automatic'),
    );
    expect(agreement).toHaveLength(2);
    expect(agreement.every(isInside)).toBe(true);
  });
});

test('the tables are whole, and the page says nothing undefined', () => {
  const blocks = [gradientsTable(figures), movesTable(figures)];
  assertReport({ title: '', quick: false, header: [], blocks });
  expect(seeItems(figures, alongs()).join()).not.toMatch(/NaN|undefined/);
});
