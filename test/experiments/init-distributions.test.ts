import { beforeAll, describe, expect, test } from 'vitest';
import type { ExperimentResult } from '../../src/experiments/experiment.ts';
import {
  DISTRIBUTIONS,
  draw,
  SAMPLES,
  sampleFigures,
} from '../../src/experiments/init-distributions/samples.ts';
import {
  type InitDistributionsFigures,
  initDistributions,
} from '../../src/experiments/init-distributions.ts';
import { isInside, type StatedFigure } from '../../src/experiments/stated-figure.ts';
import { assertReport } from '../../src/report/report.ts';
import { testContext } from './context.ts';
import { expectRecorded, figuresOf } from './expect-recorded.ts';

describe('samples', () => {
  test('each distribution has 10,000, the same again for the same seed, others for another', () => {
    const [a, b, c] = [draw(0), draw(0), draw(1)];
    expect(a.gaussian).toHaveLength(SAMPLES);
    expect(a.uniform).toHaveLength(SAMPLES);
    expect(b).toEqual(a);
    expect(c.gaussian[0]).not.toBe(a.gaussian[0]);
    expect(c.uniform[0]).not.toBe(a.uniform[0]);
  });

  test('figures of four numbers, by hand', () => {
    const found = sampleFigures(Float64Array.of(-2.5, 0.5, 0.5, 1.5));
    expect(found.mean).toBe(0);
    expect(found.deviation).toBe(1.5);
    expect(found.beyond).toEqual([0.5, 0.25, 0]);
    expect([found.least, found.greatest]).toEqual([-2.5, 1.5]);
    expect(found.repeated).toBe(1);
  });

  test.each(['gaussian', 'uniform'] as const)(
    'the density of %s has area 1 and its deviation',
    (key) => {
      const { density, deviation } = DISTRIBUTIONS[key];
      const step = 1 / 1024;
      let [area, second] = [0, 0];
      for (let x = -8 + step / 2; x < 8; x += step) {
        area += step * density(x);
        second += step * x * x * density(x);
      }
      // The midpoint rule's error, h²/24 times a derivative of size 1.
      expect(Math.abs(area - 1)).toBeLessThan(step ** 2);
      expect(Math.abs(second - deviation ** 2)).toBeLessThan(step ** 2);
    },
  );
});

describe('init-distributions', () => {
  let result: ExperimentResult<InitDistributionsFigures>;
  const figure = (what: string): StatedFigure => result.stated.find((f) => f.what === what)!;
  beforeAll(async () => {
    result = await initDistributions.run(testContext({ seed: 2 }));
  });

  test('the report is whole, and every figure of both seeds lies in its range', () => {
    assertReport(result.report);
    for (const stated of result.stated) {
      for (const value of [stated.value, ...stated.seeds!]) {
        expect(isInside({ ...stated, value }), stated.what).toBe(true);
      }
    }
  });

  test('figures of seed 2 beside seeds 0 and 1 are those recorded', async () => {
    await expectRecorded('init-distributions', figuresOf(result));
  });

  test('the ranges tell the two distributions from each other, and from a deviation of 1.05', () => {
    const { gaussian, uniform } = result.figures;
    const [n, u] = ['N(0, 1)', 'U(−1, 1)'].map((name) => figure(`${name}: standard deviation`));
    expect(isInside({ ...n!, value: uniform.deviation })).toBe(false);
    expect(isInside({ ...u!, value: gaussian.deviation })).toBe(false);
    expect(isInside({ ...n!, value: 1.05 * gaussian.deviation })).toBe(false);
  });

  test('one sample outside ±1 is not uniform, one repeated sample is caught', () => {
    const samples = draw(0).uniform;
    samples[3] = 1.0001;
    samples[5] = samples[6]!;
    const found = sampleFigures(samples);
    expect(isInside({ ...figure('U(−1, 1): share beyond ±1'), value: found.beyond[0] })).toBe(
      false,
    );
    const repeated = figure('U(−1, 1): samples that repeat an earlier one');
    expect(isInside({ ...repeated, value: found.repeated })).toBe(false);
  });
});
