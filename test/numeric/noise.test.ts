import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { estimateNoise, noiseBound } from '../../src/numeric/noise.ts';

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
