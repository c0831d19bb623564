import { beforeAll, describe, expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import type { SeedFigure, TwoLayerFigures } from '../../src/experiments/two-layer/figures.ts';
import { see } from '../../src/experiments/two-layer/see.ts';
import { statedFigures } from '../../src/experiments/two-layer/stated.ts';
import { twoLayer } from '../../src/experiments/two-layer.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';
import { expectRecorded, figuresOf } from './expect-recorded.ts';

describe('two-layer', () => {
  let result: ExperimentResult<TwoLayerFigures>;
  beforeAll(async () => {
    result = await twoLayer.run(testContext({ seed: 2 }));
  });

  test('the page is whole, and lies within what it states', () => {
    assertReport(result.report);
    expect(result.stated.filter((figure) => !isInside(figure))).toEqual([]);
  });

  test('figures of seed 2 beside seeds 0 and 1 are those recorded', async () => {
    await expectRecorded('two-layer', figuresOf(result));
  });
});

describe('the page of two seeds', () => {
  const both = (own: number, ...seeds: number[]): SeedFigure => ({ own, seeds });
  const figures = (changes: Partial<TwoLayerFigures> = {}): TwoLayerFigures => ({
    loss: both(0.25, 0.25, 0.28),
    lossRises: both(0, 0, 0),
    firstScore: both(0.5, 0.5, 0.5),
    lastScore: both(0.88, 0.88, 0.88),
    scoreFalls: both(9, 9, 20),
    firstDev: both(0.5, 0.5, 0.5),
    lastDev: both(0.86, 0.86, 0.91),
    bestDev: both(0.86, 0.86, 0.91),
    bestEpoch: both(900, 900, 999),
    testOfBest: both(0.87, 0.87, 0.9),
    testOfLast: both(0.87, 0.87, 0.91),
    testLossOfBest: both(0.26, 0.26, 0.29),
    testLossOfLast: both(0.25, 0.25, 0.29),
    ...changes,
  });
  const along = { compared: 1, verdicts: new Map([['agrees', 1]] as const), worst: 0.1 };
  const outside = (changes: Partial<TwoLayerFigures>): string[] =>
    statedFigures(figures(changes), along)
      .filter((figure) => !isInside(figure))
      .map(({ what }) => what);

  test('each figure lies outside where it is planted outside, and nothing else does', () => {
    expect(outside({})).toEqual([]);
    expect(outside({ loss: both(0.25, 0.25, 0.3) })[0]).toContain('loss outside 0.24–0.29');
    expect(outside({ loss: both(0.4, 0.25) })).toEqual(['training loss at the last epoch']);
    expect(outside({ bestDev: both(0.86, 0.83) })[0]).toContain('dev score outside 0.84–0.94');
    expect(outside({ testOfLast: both(0.5, 0.87) })).toEqual(['test score, last model']);
    // Exact: in every seed.
    expect(outside({ lossRises: both(0, 0, 1) })).toHaveLength(1);
  });

  test('sentences count: seeds below, dev against test, best against last', () => {
    const [, falls, place, dev, test] = see(figures(), 1000, 0);
    expect(falls).toContain('in 2 of 2 seeds');
    expect(falls).toContain('at 9 of 1,000 epochs here, in the median of the seeds at 15');
    expect(place).toContain(
      '0.250 is above that of 0 of the 2 seeds, the material’s 0.260 above 1.',
    );
    expect(place).toContain(
      '0.860 is above that of 0 of the 2 seeds, the material’s 0.900 above 1.',
    );
    expect(place).toContain('could have been one of these');
    expect(dev).toContain('above its test score in 1 of 2 seeds, and below in 1 (0.0 points');
    expect(dev).toContain('chance is larger than the flattery');
    expect(test).toContain('in 0 of 2 seeds, the same in 1, below in 1.');
  });

  test('what does not hold is not said', () => {
    const far = see(figures({ loss: both(0.2, 0.2, 0.21) }), 1000, 0)[2];
    expect(far).not.toContain('could have been');
    const flattered = see(figures({ bestDev: both(0.95, 0.95, 0.99) }), 1000, 0)[3];
    expect(flattered).toContain('(8.5 points in the median): with 160 points to choose by');
    expect(flattered).toContain('that is more than chance');
    expect(see(figures({ lossRises: both(0, 0, 3) }), 1000, 0)[1]).toContain('in 1 of 2 seeds');
  });
});
