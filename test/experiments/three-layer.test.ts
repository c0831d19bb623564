import { beforeAll, describe, expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { effects, reaching } from '../../src/experiments/three-layer/effects.ts';
import type { Outcome, SettingFigures } from '../../src/experiments/three-layer/settings.ts';
import { type ThreeLayerFigures, threeLayer } from '../../src/experiments/three-layer.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';

const outcome = (made: Partial<Outcome>): Outcome => ({
  trainLoss: 0.3,
  rises: 0,
  devBest: 0.9,
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

describe('three-layer, seed 0', () => {
  let result: ExperimentResult<ThreeLayerFigures>;
  beforeAll(async () => {
    result = await threeLayer.run(testContext({ seeds: [0] }));
  });

  test('the report is whole, and every figure that one seed decides lies in its range', () => {
    assertReport(result.report);
    // The ranges of medians are those of twenty seeds.
    const figures = result.stated.filter(({ what }) => !what.includes('median'));
    expect(figures.length).toBeGreaterThan(15);
    expect(figures.filter((figure) => !isInside(figure))).toEqual([]);
  });

  test('the rate alone takes 2-5-1 to 99 %, the layer alone does not', () => {
    const best = result.figures.settings.map(({ own }) => own.devBest >= 0.99);
    expect(best).toEqual([false, false, true, true]);
  });

  test('at rate 0.2 the training loss falls at every epoch, at rate 5 it does not', () => {
    const rises = result.figures.settings.map(({ own }) => own.rises > 0);
    expect(rises).toEqual([false, false, true, true]);
  });

  test('a planted failure of the rate lies outside the stated range', () => {
    const figure = result.stated.find(({ what }) => what.startsWith('2-5-1 at 5: share of seeds'))!;
    expect(isInside({ ...figure, value: 0.5 })).toBe(false);
  });
});
