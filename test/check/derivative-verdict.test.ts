import { describe, expect, test } from 'vitest';
import { judgeDerivative } from '../../src/check/derivative-verdict.ts';
import { random } from '../../src/numeric/random.ts';
import { smoothCases } from '../numeric/smooth-functions.ts';

/** How often each verdict falls on claims of `factor` times the truth. */
function verdicts(scales: 'mild' | 'wide', factor: number, seed: number): Record<string, number> {
  const counts = { agrees: 0, disagrees: 0, unresolved: 0 };
  const cases = smoothCases(random(seed), 6000, scales);
  for (const { f, x, derivative, tolerance } of cases) {
    counts[judgeDerivative(f, x, { claimed: factor * derivative, tolerance }).verdict]++;
  }
  return {
    agrees: counts.agrees / cases.length,
    disagrees: counts.disagrees / cases.length,
    unresolved: counts.unresolved / cases.length,
  };
}

describe('judgeDerivative', () => {
  test('raises no false alarm at ordinary scales, and resolves 99 %', () => {
    const { agrees, disagrees } = verdicts('mild', 1, 3);
    expect(disagrees).toBe(0);
    expect(agrees).toBeGreaterThan(0.99);
  });

  test('raises no false alarm over eight decades of scales, and resolves 95 %', () => {
    const { agrees, disagrees } = verdicts('wide', 1, 4);
    expect(disagrees).toBe(0);
    expect(agrees).toBeGreaterThan(0.95);
  });

  test('a derivative 1.001 times too large never agrees, and is called wrong', () => {
    const { agrees, disagrees } = verdicts('mild', 1.001, 5);
    expect(agrees).toBe(0);
    expect(disagrees).toBeGreaterThan(0.98);
  });

  test.each<readonly [string, (x: number) => number, number, number]>([
    ['sin 20πx at 0', (x) => Math.sin(20 * Math.PI * x), 0, 20 * Math.PI],
    ['1/x at 0.01', (x) => 1 / x, 0.01, -1e4],
    ['x² at 1e10', (x) => x * x, 1e10, 2e10],
    ['tanh(1e4 x) at 0', (x) => Math.tanh(1e4 * x), 0, 1e4],
  ])('%s: the truth agrees, its negative disagrees', (_name, f, x, truth) => {
    const tolerance = 2 ** -50 * Math.abs(truth);
    expect(judgeDerivative(f, x, { claimed: truth, tolerance }).verdict).toBe('agrees');
    expect(judgeDerivative(f, x, { claimed: -truth, tolerance }).verdict).toBe('disagrees');
  });

  test('a function that vanishes a step away: the truth agrees, its negative does not', () => {
    const f = (x: number): number => x * Math.exp(-((x / 1e-3) ** 2));
    expect(judgeDerivative(f, 0, { claimed: 1, tolerance: 1e-15 }).verdict).toBe('agrees');
    // One ladder sees only zeros: the ladders contradict each other, so none may accuse.
    expect(judgeDerivative(f, 0, { claimed: -1, tolerance: 1e-15 }).verdict).toBe('unresolved');
  });

  test('float32 values are too noisy for 1e-6, not for 1e-3', () => {
    const f = (x: number): number => Math.fround(1 + Math.fround(x * x));
    const claim = { claimed: 0.74, tolerance: 1e-7 };
    expect(judgeDerivative(f, 0.37, claim).verdict).toBe('unresolved');
    expect(judgeDerivative(f, 0.37, { ...claim, rtol: 1e-3 }).verdict).toBe('agrees');
  });

  test('at a kink nothing is resolved: neither one slope nor the mean', () => {
    for (const claimed of [0, 0.5, 1]) {
      const { verdict } = judgeDerivative((x) => Math.max(x, 0), 0, { claimed, tolerance: 0 });
      expect(verdict).toBe('unresolved');
    }
  });
});
