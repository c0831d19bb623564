import { describe, expect } from 'vitest';
import { estimateNoise, noiseBound } from '../../src/numeric/noise.ts';
import { fc, test } from '../property.ts';

const point = fc.double({ min: -3, max: 3, noNaN: true });

describe('estimateNoise', () => {
  test.prop([point])('a function of doubles has noise of a few roundings', (x) => {
    const f = (v: number): number => Math.exp(Math.sin(v)) + 1;
    const noise = estimateNoise(f, x);
    expect(noise).toBeGreaterThan(2 ** -56);
    expect(noise).toBeLessThan(2 ** -49);
  });

  test.prop([point])('a function computed in float32 shows it', (x) => {
    const f = (v: number): number => Math.fround(1000 + Math.fround(Math.fround(v) ** 2));
    const noise = estimateNoise(f, x);
    // Values near 1000 lie 6.1e-5 apart: rounding is uniform over one of these steps.
    expect(noise).toBeGreaterThan(3e-6);
    expect(noise).toBeLessThan(1e-3);
  });

  test.prop([point])('a function rounded to 1e-8 shows it', (x) => {
    const noise = estimateNoise((v) => Math.round(Math.sin(v) * 1e8) / 1e8, x);
    // A uniform rounding error deviates by 1e-8 / √12 = 2.9e-9: eight samples show a tenth at least.
    expect(noise).toBeGreaterThan(2.9e-10);
    expect(noise).toBeLessThan(2.9e-8);
  });

  test('is 0 where the function is constant or not finite', () => {
    expect(estimateNoise(() => 3, 0.5)).toBe(0);
    expect(estimateNoise(() => Number.NaN, 0.5)).toBe(0);
  });
});

describe('a function that stands still around x', () => {
  const dead = (v: number): number => 3 + Math.max(0, v - 0.04) + Math.max(0, -0.2 - v);
  test.prop([fc.double({ min: -0.19, max: 0.039, noNaN: true })])(
    'and leaves its value without a jump is not noisy: a dead unit',
    (x) => {
      expect(estimateNoise(dead, x)).toBeLessThan(2e-14); // 1e-3 once
    },
  );

  test.prop([point, fc.constantFrom(1e-12, 1e-6, 1e-3, 0.05)])(
    'and leaves it by a jump is a staircase, however wide its steps',
    (x, step) => {
      const noise = estimateNoise((v) => 3 + step * Math.round(v / step), x);
      expect(noise).toBeGreaterThan(step / 10);
      expect(noise).toBeLessThan(10 * step);
    },
  );
});

test.each([1e-300, 1e-200, 1e200, 1e300])('values of %d neither over- nor underflow', (size) => {
  const noise = estimateNoise((v) => size * (Math.exp(Math.sin(v)) + 1), 0.3);
  expect(noise / size).toBeGreaterThan(2 ** -56);
  expect(noise / size).toBeLessThan(2 ** -49);
});

test('samples that advance by exactly one rounding step are no sign of exactness', () => {
  const f = (v: number): number => Math.round(Math.sin(v) * 1e8) / 1e8;
  expect(estimateNoise(f, 0.8637302990062665)).toBeGreaterThan(2.9e-10); // was 4.7e-17
});

describe('noiseBound', () => {
  test('is never below six roundings of the value', () => {
    expect(noiseBound(() => 3, 0.5, 3)).toBe(6 * 2 ** -53 * 3);
    expect(noiseBound((v) => Math.round(v * 1e6) / 1e6, 1, 1)).toBeGreaterThan(1e-8);
  });
});
