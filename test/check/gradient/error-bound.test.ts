import { expect, test } from 'vitest';
import { gaussianDirection } from '../../../src/check/gradient/direction.ts';
import { errorBound } from '../../../src/check/gradient/error-bound.ts';
import { random } from '../../../src/numeric/random.ts';

test.each([2, 3, 10, 100])('the bound fails no more often than it says: %d entries', (size) => {
  const r = random(size);
  const all = Array.from({ length: size }, (_, i) => i);
  const [trials, directions, confidence] = [4000, 3, 0.9];
  let failures = 0;
  for (let trial = 0; trial < trials; trial++) {
    const error = Float64Array.from(all, () => r.normal());
    const sights = Array.from({ length: directions }, () => {
      const d = gaussianDirection(size, all, r);
      return Math.abs(d.reduce((sum, v, i) => sum + v * error[i]!, 0));
    });
    const threshold = Math.max(...sights);
    const bound = errorBound([{ size, directions, threshold }], [], confidence, 1);
    if (bound < Math.hypot(...error)) failures++;
  }
  // 10 % and three standard deviations.
  expect(failures / trials).toBeLessThan(0.1 + 3 * Math.sqrt((0.1 * 0.9) / trials));
  // Nor is it empty: for many entries it is close to what it says.
  if (size === 100) expect(failures / trials).toBeGreaterThan(0.05);
});

test('known errors of single entries add to it in squares', () => {
  expect(errorBound([], [3, 4], 0.99, 0)).toBeCloseTo(5, 12);
  expect(errorBound([], [1e200, 1e200], 0.99, 0)).toBeCloseTo(Math.SQRT2 * 1e200, -190);
  expect(errorBound([], [0, Infinity], 0.99, 0)).toBe(Infinity);
  expect(errorBound([], [0, 0], 0.99, 0)).toBe(0);
});

test('√(2N/π) τ (S/δ)^(1/m) for each slot, together in squares', () => {
  const sight = { size: 8, directions: 3, threshold: 0.5 };
  const [slots, confidence] = [4, 0.99];
  const one = Math.sqrt(16 / Math.PI) * 0.5 * Math.cbrt(slots / 0.01);
  expect(errorBound([sight], [], confidence, slots)).toBeCloseTo(one, 12);
  expect(errorBound([sight, sight], [], confidence, slots)).toBeCloseTo(Math.SQRT2 * one, 12);
  expect(errorBound([sight], [one], confidence, slots)).toBeCloseTo(Math.SQRT2 * one, 12);
});
