import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckOptions } from '../../../src/check/gradient/check-options.ts';
import { fc, test } from '../../property.ts';

function sum(x: Float64Array, term: (v: number, i: number) => number): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += term(x[i]!, i);
  return total;
}
const absolute = (x: Float64Array) => sum(x, Math.abs);

const check = (
  f: (x: Float64Array) => number,
  gradient: (x: Float64Array) => Float64Array,
  at: Float64Array,
  options: CheckOptions = {},
) => checkGradient({ name: 'corners', f, gradient, at }, options);

const SINES = Float64Array.from({ length: 80 }, (_, i) => Math.sin(i));
/** The lasso: ½ Σ (xᵢ − sin i)² + λ Σ |xᵢ|, every `apart`-th entry at 0. */
const lasso = (x: Float64Array) => sum(x, (v, i) => (v - SINES[i]!) ** 2 / 2 + 0.1 * Math.abs(v));
const slopeOfLasso = (smooth: number, lambda: number) => (x: Float64Array) =>
  x.map((v, i) => smooth * (v - SINES[i]!) + lambda * Math.sign(v));
const zeros = (size: number, apart: number) =>
  Float64Array.from({ length: size }, (_, i) => (i % apart ? Math.cos(i) : 0));

const seeds = fc.nat(1e6);
const fast = { mode: 'fast' } as const;

describe('random directions that all meet a corner', () => {
  test.prop([seeds], { numRuns: 1 })('one corner hides nothing of 60 smooth entries', (seed) => {
    const f = (x: Float64Array) => sum(x, (v, i) => (i ? Math.sin(v + i) : 100 * Math.abs(v)));
    const slope = (factor: number) => (x: Float64Array) =>
      x.map((v, i) => (i ? factor * Math.cos(v + i) : 0));
    const at = zeros(61, 61);
    const seeded = { ...fast, seed };
    const right = check(f, slope(1), at, seeded);
    expect(right).toMatchObject({ verdict: 'agrees', mode: 'fast', notes: ['kink'] });
    // As wide as the corner before, and what is wrong in every entry agreed.
    expect(right.bound!.norm).toBeLessThan(1e-5);
    expect(check(f, slope(-1), at, seeded).verdict).toBe('disagrees');
    expect(check(f, slope(1.1), at, seeded).verdict).toBe('disagrees');
  });

  test('the lasso with 8 zeros of 80: found right, and wrong in either part', () => {
    const at = zeros(80, 10);
    const right = check(lasso, slopeOfLasso(1, 0.1), at, fast);
    expect(right).toMatchObject({ verdict: 'agrees', mode: 'fast' });
    expect(right.bound!.norm).toBeLessThan(1e-5);
    expect(check(lasso, slopeOfLasso(1.1, 0.1), at, fast).verdict).toBe('disagrees'); // agreed before
    expect(check(lasso, slopeOfLasso(1, 0.2), at, fast).verdict).toBe('disagrees'); // agreed before
  });

  test('|x| at 500 zeros: any slope between is right, 5 is none', () => {
    const at = new Float64Array(500);
    expect(check(absolute, (x) => x.map(() => 5), at).verdict).toBe('disagrees'); // agreed before
    const { verdict, evaluations } = check(absolute, (x) => x.map(() => 0.5), at);
    expect(verdict).toBe('agrees'); // unresolved before
    expect(evaluations).toBeLessThan(6000);
  });
});

describe('many entries at a corner', () => {
  test('Σ|xᵢ| at 30 zeros: the entry that no choice explains is wrong, and it alone', () => {
    const at = new Float64Array(30);
    const claim = (x: Float64Array) => x.map((_, i) => (i === 1 ? 1.5 : Math.sin(i)));
    const { verdict, wrongEntries, evaluations } = check(absolute, claim, at);
    expect(verdict).toBe('disagrees'); // unresolved after 142,000 calls at 50 zeros
    expect(wrongEntries.map((w) => w.index)).toEqual([1]);
    expect(evaluations).toBeLessThan(15_000);
    expect(check(absolute, (x) => x.map((_, i) => Math.sin(i)), at).verdict).toBe('agrees');
  });

  test('a tie of 14 in a max, every one claiming 1, does not agree though each lies between its sides', () => {
    const max = (x: Float64Array) => Math.max(...x);
    const at = new Float64Array(14);
    const { verdict, evaluations } = check(max, (x) => x.map(() => 1), at);
    expect(verdict).not.toBe('agrees');
    expect(evaluations).toBeLessThan(60_000);
    const first = (x: Float64Array) => x.map((_, i) => (i === 0 ? 1 : 0));
    expect(check(max, first, at).verdict).toBe('agrees'); // unresolved before
  });
});
