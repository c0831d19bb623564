import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { resultText } from '../../../src/check/gradient/result-text.ts';

type Curve = (t: number) => number;

const check = (f: Curve, at: number, claimed: number, rest: Partial<GradientCase> = {}) =>
  checkGradient({
    name: 'steep',
    f: (x) => f(x[0]!),
    gradient: () => [claimed],
    at: [at],
    ...rest,
  });

const xLogX: Curve = (t) => (t === 0 ? 0 : t * Math.log(Math.abs(t)));

describe('where the slope of f grows without bound', () => {
  test.each<readonly [string, Curve, number, number, Partial<GradientCase>]>([
    ['√x at 0, the end of its domain', Math.sqrt, 0, Infinity, { lower: [0] }],
    ['√x at 0, which is NaN below', Math.sqrt, 0, Infinity, {}],
    ['∛x at 0', Math.cbrt, 0, Infinity, {}],
    ['x log x at 0', xLogX, 0, -Infinity, { lower: [0] }],
    ['x log|x| at 0', xLogX, 0, -Infinity, {}],
    ['acos at 1', Math.acos, 1, -Infinity, { upper: [1] }],
    ['√x at 0 in float32', (t) => Math.fround(Math.sqrt(t)), 0, Infinity, { dtype: 'float32' }],
  ])('%s is said so, whatever is claimed', (_name, f, at, slope, rest) => {
    for (const claimed of [0, 1e3, slope]) {
      const result = check(f, at, claimed, rest);
      expect(result).toMatchObject({ verdict: 'unresolved', notes: [] });
      expect(result.worst!.expected).toBe(slope);
      const text = resultText(result).replaceAll('\n', ' ');
      expect(text).toContain('its slope grows without bound as the step shrinks');
      expect(text).toContain('What would help: take another point.'); // to lose fewer digits, before
    }
  });

  test('the cusp of √|x| has −∞ on one side and ∞ on the other', () => {
    const { verdict, worst } = check((t) => Math.sqrt(Math.abs(t)), 0, 0);
    expect(verdict).toBe('unresolved');
    expect(worst).toMatchObject({ left: -Infinity, right: Infinity });
  });

  test('beside it other entries are judged, and no figure of it counts as truth', () => {
    const f = (x: Float64Array) => Math.cbrt(x[0]!) + x[1]! ** 2;
    const both = (g: number) => checkGradient({ name: 'f', f, gradient: () => [0, g], at: [0, 1] });
    expect(both(2)).toMatchObject({ verdict: 'unresolved', worst: { entry: 'x[0]' } });
    const { verdict, wrongEntries } = both(2.1);
    expect([verdict, wrongEntries.map((w) => w.index)]).toEqual(['disagrees', [1]]);
  });
});

describe('what is steep and no more', () => {
  test.each<readonly [string, Curve, number, number, Partial<GradientCase>]>([
    ['√(x + 1e-9) at 0', (t) => Math.sqrt(t + 1e-9), 0, 0.5 / Math.sqrt(1e-9), {}],
    ['tanh(1e9 x) at 0', (t) => Math.tanh(1e9 * t), 0, 1e9, {}],
    ['asin(x) at 1 − 1e-9', Math.asin, 1 - 1e-9, 1 / Math.sqrt(1 - (1 - 1e-9) ** 2), {}],
    ['1/x at 1e-6', (t) => 1 / t, 1e-6, -1e12, { lower: [0] }],
  ])('%s: right and wrong are told apart', (_name, f, at, slope, rest) => {
    expect(check(f, at, slope, rest).verdict).toBe('agrees');
    expect(check(f, at, 1.01 * slope, rest).verdict).toBe('disagrees');
  });

  test.each([1e-5, 1e-6, 1e-8])('a ReLU at %d, where its slope from 0 grew until there', (at) => {
    const relu: Curve = (t) => Math.max(0, t);
    expect(check(relu, at, 1).verdict).toBe('agrees');
    expect(check(relu, at, 0)).toMatchObject({ verdict: 'disagrees', worst: { expected: 1 } }); // unresolved
  });

  test('x^1.5 at 0 has the slope 0', () => {
    const power: Curve = (t) => Math.abs(t) ** 1.5;
    expect(Math.abs(check(power, 0, 0).worst!.expected)).toBeLessThan(1e-5);
    expect(check(power, 0, 1).verdict).toBe('disagrees');
  });
});
