import { beforeAll, describe, expect, test } from 'vitest';
import type { Along } from '../../src/experiments/alongside.ts';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { effects, reaching } from '../../src/experiments/three-layer/effects.ts';
import { see } from '../../src/experiments/three-layer/see.ts';
import type {
  Outcome,
  SettingFigures,
  SettingRuns,
} from '../../src/experiments/three-layer/settings.ts';
import { statedFigures } from '../../src/experiments/three-layer/stated.ts';
import { seedsTable } from '../../src/experiments/three-layer/tables.ts';
import { type ThreeLayerFigures, threeLayer } from '../../src/experiments/three-layer.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';
import { expectRecorded, figuresOf } from './expect-recorded.ts';

const outcome = (made: Partial<Outcome>): Outcome => ({
  trainLoss: 0.3,
  rises: 0,
  rebounds: 0,
  devBest: 0.9,
  bestEpoch: 900,
  devLast: 0.9,
  testBest: 0.9,
  testLossBest: 0.3,
  testLast: 0.9,
  testLossLast: 0.3,
  ...made,
});

/** Four settings of two seeds, by the losses of their last models. */
const settings = (losses: readonly (readonly [number, number])[]): SettingFigures[] =>
  (
    [
      ['2-5-1', 0.2],
      ['2-5-3-1', 0.2],
      ['2-5-1', 5],
      ['2-5-3-1', 5],
    ] as const
  ).map(([network, rate], i) => {
    const seeds = losses[i]!.map((testLossLast) => outcome({ testLossLast }));
    return { network, rate, own: seeds[0]!, seeds };
  });

describe('effects', () => {
  test('each change is judged from its own before and after, seed by seed', () => {
    const found = effects(
      settings([
        [0.3, 0.5],
        [0.4, 0.4],
        [0.2, 0.1],
        [0.1, 0.7],
      ]),
    );
    expect(found.map(({ lowers }) => lowers)).toEqual([0.5, 1, 0.5, 0.5, 0.5]);
    expect(found[0]!.loss).toEqual({ before: 0.4, after: 0.4 });
    expect(found[1]!.loss.after).toBeCloseTo(0.15, 12);
  });

  test('a loss that stays the same is not lowered', () => {
    const same = [0.3, 0.3] as const;
    expect(effects(settings([same, same, same, same])).map(({ lowers }) => lowers)).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  test('99 % itself is reached, anything below is not', () => {
    const outcomes = [0.99, 0.98999, 1, 0.5].map((devBest) => outcome({ devBest }));
    expect(reaching(outcomes, 'devBest')).toBe(0.5);
    expect(reaching(outcomes, 'testLast')).toBe(0);
  });
});

// Of this seed the best model and the last differ on the test set, at both rates.
describe('three-layer, seed 15', () => {
  let result: ExperimentResult<ThreeLayerFigures>;
  beforeAll(async () => {
    result = await threeLayer.run(testContext({ seed: 15 }));
  });

  test('the report is whole, and every figure that two seeds decide lies in its range', () => {
    assertReport(result.report);
    // Medians and shares are those of twenty seeds.
    const figures = result.stated.filter(({ over }) => over !== 'all seeds');
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter((figure) => !isInside(figure))).toEqual([]);
  });

  test('figures of seed 15 beside seeds 0 and 1 are those recorded', async () => {
    await expectRecorded('three-layer', figuresOf(result));
  });

  test('the rate alone takes 2-5-1 to 99 %, the layer alone does not', () => {
    const best = result.figures.settings.map(({ own }) => own.devBest >= 0.99);
    expect(best.slice(0, 3)).toEqual([false, false, true]);
  });

  test('of a zigzag every rise is a rebound, and nothing rebounds without rising', () => {
    for (const { own, seeds } of result.figures.settings) {
      for (const { rises, rebounds } of [own, ...seeds]) {
        expect(rebounds).toBeLessThanOrEqual(rises);
        expect(rebounds > 0).toBe(rises > 0);
      }
    }
  });
});

describe('stated figures', () => {
  const along: Along = { compared: 1, verdicts: new Map([['agrees', 1]]), worst: 0.1 };
  const history = { trainLoss: [], trainScore: [], devLoss: [], devScore: [] };
  /** As it should come out: losses by setting, and what else is made of each. */
  const runs = (changes: readonly Partial<Outcome>[] = []): SettingRuns[] =>
    settings([
      [0.25, 0.26],
      [0.28, 0.3],
      [0.015, 0.018],
      [0.005, 0.007],
    ]).map((of, i) => {
      const fast = i < 2 ? {} : { devBest: 1, testLast: 1, rises: [4, 60][i - 2]! };
      const seeds = of.seeds.map((seed) => ({ ...seed, ...fast, ...changes[i] }));
      return { ...of, own: seeds[0]!, seeds, history, along };
    });
  const outside = (of: readonly SettingRuns[]): string[] =>
    statedFigures(of)
      .filter((figure) => !isInside(figure))
      .map(({ what }) => what);

  test('what comes out as it should lies inside', () => {
    expect(outside(runs())).toEqual([]);
  });

  test.each<[number, Partial<Outcome>, string]>([
    [0, { devBest: 0.99 }, '2-5-1 at 0.2: share of seeds with a best dev score'],
    [0, { testLast: 0.6 }, '2-5-1 at 0.2: share of seeds whose last model'],
    [1, { rises: 1 }, '2-5-3-1 at 0.2: epochs at which the training loss does not fall'],
    [2, { rises: 0 }, '2-5-1 at 5: epochs at which the training loss does not fall, median'],
    [2, { devBest: 0.98 }, '2-5-1 at 5: share of seeds with a best dev score'],
    [3, { rises: 0 }, '2-5-3-1 at 5: epochs at which the training loss does not fall, median'],
    [3, { testLast: 0.47 }, '2-5-3-1 at 5: share of seeds whose last model'],
    [3, { testLossLast: 0.02 }, '2-5-3-1 at 5: test loss of the last model, median'],
  ])('of setting %i, %o lies outside', (i, change, expected) => {
    const found = outside(runs([0, 1, 2, 3].map((k) => (k === i ? change : {}))));
    expect(found.some((what) => what.startsWith(expected))).toBe(true);
  });

  test('a rise in a single seed lies outside: that it never rises is said of every seed', () => {
    const all = runs();
    const [first, second] = all[0]!.seeds;
    const rising = { ...all[0]!, seeds: [first!, { ...second!, rises: 1 }] };
    expect(outside([rising, ...all.slice(1)])).toEqual([
      '2-5-1 at 0.2: epochs at which the training loss does not fall',
    ]);
  });

  test('a layer that helps at rate 0.2, and a rate that does not help, lie outside', () => {
    expect(outside(runs([{}, { testLossLast: 0.24 }])).join()).toContain('the layer alone');
    expect(outside(runs([{}, {}, { testLossLast: 0.3 }])).join()).toContain('the rate alone');
  });

  test('the table of seeds counts each score of its own', () => {
    const score = { devBest: 1, devLast: 1, testBest: 1, testLast: 1 };
    const of = (changes: Partial<Outcome>): SettingFigures => {
      const seeds = [outcome(score), outcome({ ...score, ...changes })];
      return { network: '2-5-1', rate: 5, own: seeds[0]!, seeds };
    };
    const names = ['devBest', 'devLast', 'testBest', 'testLast'] as const;
    const { rows } = seedsTable(names.map((name) => of({ [name]: 0.98 })));
    expect(rows.map((row) => row.slice(3, 7))).toMatchObject(
      names.map((_, i) => names.map((_, j) => ({ value: i === j ? 1 : 2 }))),
    );
  });

  test('sentences count seeds, and say what the best by accuracy is worth', () => {
    const text = see(runs([{}, { testLossBest: 0.6, bestEpoch: 7 }, {}, { rebounds: 50 }]));
    expect(text[3]).toContain('in 2 of 2 seeds with 2-5-1 and in 2 of 2 with 2-5-3-1');
    expect(text[3]).toContain('it does in 0 of 2 and 0 of 2');
    expect(text[4]).toContain('100 of 120 over the seeds, and 50 of 60 on this page');
    expect(text[5]).toContain(
      'that of epoch 7, with a test score of 0.900 and a test loss of 0.600',
    );
    expect(text[5]).toContain('In 2 of 2 seeds');
    expect(see(runs())[5]).toContain('In 0 of 2 seeds');
  });
});
