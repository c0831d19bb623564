import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';

function sum(x: Float64Array, term: (v: number, i: number) => number): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += term(x[i]!, i);
  return total;
}

const check = (
  f: (x: Float64Array) => number,
  gradient: (x: Float64Array) => Float64Array,
  at: Float64Array,
  seed = 0,
) => checkGradient({ name: 'corners', f, gradient, at }, { seed, mode: 'fast' });

/** The gradient with one entry off. */
const off =
  (gradient: (x: Float64Array) => Float64Array, index: number, by: number) => (x: Float64Array) =>
    gradient(x).map((v, i) => (i === index ? v + by : v));

/** Of random ones some leave a right claim unresolved, or have a wider bound. */
const SEEDS = [0, 1];
const seeds = fc.nat(1e6);
/** Barely more than full mode would take. */
const SIZE = 404;
const SINES = Float64Array.from({ length: SIZE }, (_, i) => Math.sin(i));
/** Every other entry 0. */
const halfZero = (seed: number) => {
  const r = random(seed);
  return Float64Array.from({ length: SIZE }, (_, i) => (i % 2 ? r.normal() : 0));
};

describe('more corners in a slot than are looked at one by one', () => {
  const lasso = (x: Float64Array) => sum(x, (v, i) => (v - SINES[i]!) ** 2 / 2 + 0.1 * Math.abs(v));
  const slope = (x: Float64Array) => x.map((v, i) => v - SINES[i]! + 0.1 * Math.sign(v));

  test.each(SEEDS)('lasso: sign(0) = 0 is right, any sign is: seed %d', (seed) => {
    const at = halfZero(seed);
    const right = check(lasso, slope, at, seed);
    expect(right).toMatchObject({ verdict: 'agrees', notes: ['kink'] }); // unresolved after 17,700 calls
    expect(right.bound!.norm).toBeLessThan(1e-5);
    // Four calls an entry, and what random directions and rays take.
    expect(right.evaluations).toBeLessThan(4 * SIZE + 4000);
    const signs = (x: Float64Array) =>
      slope(x).map((v, i) => (x[i] ? v : v + 0.1 * (-1) ** (i / 2)));
    expect(check(lasso, signs, at, seed).verdict).toBe('agrees');
  });

  test.prop([seeds], { numRuns: 1 })(
    'lasso: what is right is never called wrong, what is wrong never agrees',
    (seed) => {
      const at = halfZero(seed);
      expect(check(lasso, slope, at, seed).verdict).not.toBe('disagrees');
      const beyond = off(slope, 2 * (seed % 200), 0.101);
      expect(check(lasso, beyond, at, seed).verdict).not.toBe('agrees');
    },
  );

  test.each(SEEDS)(
    'lasso: one entry beyond its slopes is named, and one that is smooth: seed %d',
    (seed) => {
      const at = halfZero(seed);
      for (const [index, by] of [
        [2 * (seed % 200), 0.101],
        [2 * (seed % 200), -0.5],
        [2 * (seed % 200) + 1, 1e-4],
      ] as const) {
        const { verdict, wrongEntries } = check(lasso, off(slope, index, by), at, seed);
        expect(verdict).toBe('disagrees');
        expect(wrongEntries.map((w) => w.index)).toEqual([index]);
      }
    },
  );

  test.each(SEEDS)('ReLU’s 0 at half of the inputs, in a smooth function: seed %d', (seed) => {
    const at = halfZero(seed);
    const r = random(seed + 1);
    const w = at.map(() => r.normal() / 20);
    const f = (x: Float64Array) => Math.tanh(sum(x, (v, i) => w[i]! * Math.max(0, v)));
    const by = (x: Float64Array, at0: number) =>
      x.map((v, i) => (v > 0 ? 1 : v < 0 ? 0 : at0) * w[i]! * (1 - f(x) ** 2));
    for (const at0 of [0, 0.5]) {
      expect(check(f, (x) => by(x, at0), at, seed).verdict).toBe('agrees');
    }
    expect(check(f, (x) => by(x, 1.0001), at, seed).verdict).toBe('disagrees');
    const index = 2 * (seed % 200);
    const beyond = check(
      f,
      off((x) => by(x, 0), index, -1e-3 * w[index]!),
      at,
      seed,
    );
    expect(beyond.wrongEntries.map((e) => e.index)).toEqual([index]);
  });

  test.each(SEEDS)(
    'entries that bend f together: one branch of each is right, never agree what no branch gives: seed %d',
    (seed) => {
      const r = random(seed);
      const weights = Float64Array.from({ length: SIZE / 4 }, () => r.normal());
      const pools = (x: Float64Array) =>
        sum(weights, (c, k) => {
          const [p, q] = [x[4 * k]!, x[4 * k + 1]!];
          return c * Math.max(p, q, x[4 * k + 2]!, x[4 * k + 3]!) + (p - c) ** 2;
        });
      const smooth = (i: number) => (i % 4 ? 0 : -2 * weights[i / 4]!);
      const first = (x: Float64Array) => x.map((_, i) => (i % 4 ? 0 : weights[i / 4]!) + smooth(i));
      const all = (x: Float64Array) => x.map((_, i) => weights[i >> 2]! + smooth(i));
      const at = new Float64Array(SIZE);
      const right = check(pools, first, at, seed);
      expect(right).toMatchObject({ verdict: 'agrees', notes: ['kink'] });
      expect(right.bound!.norm).toBeLessThan(1e-5);
      for (const wrong of [all, off(first, 6, weights[1]!)]) {
        const { verdict, evaluations } = check(pools, wrong, at, seed);
        expect(verdict).toBe('unresolved');
        expect(evaluations).toBeLessThan(10_000);
      }
      // Each lies between its slopes: only together they are wrong.
      const halves = (x: Float64Array) => x.map((_, i) => weights[i >> 2]! / 2 + smooth(i));
      expect(check(pools, halves, at, seed).verdict).toBe('unresolved');
    },
  );

  test('a layer of units at 0, each of many weights: derivative 0 is right, 1.01 times the slope is not', () => {
    const [rows, width] = [14, 30];
    const r = random(3);
    const input = Float64Array.from({ length: width }, () => r.normal());
    const units = (w: Float64Array) =>
      Array.from({ length: rows }, (_, j) => sum(input, (v, i) => v * w[j * width + i]!));
    const f = (w: Float64Array) => units(w).reduce((s, z, j) => s + (j + 1) * Math.max(0, z), 0);
    const gradient = (at0: number) => (w: Float64Array) => {
      const z = units(w);
      return w.map((_, k) => {
        const j = Math.floor(k / width);
        return (z[j]! > 0 ? 1 : z[j]! < 0 ? 0 : at0) * (j + 1) * input[k % width]!;
      });
    };
    const at = Float64Array.from({ length: rows * width }, (_, k) =>
      Math.floor(k / width) % 2 ? r.normal() : 0,
    );
    expect(check(f, gradient(0), at).verdict).toBe('agrees');
    expect(check(f, gradient(1), at).verdict).toBe('agrees');
    expect(check(f, gradient(1.01), at).verdict).toBe('unresolved');
    expect(
      check(f, off(gradient(0), width + 3, 1e-3), at).wrongEntries.map((e) => e.index),
    ).toEqual([width + 3]);
  });

  test('corners that noise hides from short steps, beside many large ones', () => {
    const at = halfZero(5);
    const weight = (i: number) => (i % 20 ? 1 : 3e-4);
    const f = (x: Float64Array) =>
      sum(x, (v, i) => weight(i) * Math.max(0, v) + (v - SINES[i]!) ** 2) + 30;
    const gradient = (x: Float64Array) =>
      x.map((v, i) => (v > 0 ? weight(i) : 0) + 2 * (v - SINES[i]!));
    expect(check(f, gradient, at).verdict).toBe('agrees');
    const { wrongEntries } = check(f, off(gradient, 40, -1e-4), at);
    expect(wrongEntries.map((e) => e.index)).toEqual([40]);
  });

  test('corners at x and beside it: a direction that looks wrong is not believed', () => {
    const r = random(2);
    const weights = Float64Array.from({ length: 401 }, () => r.normal());
    const at = weights.map((_, i) => (i % 2 ? r.normal() : 0));
    const f = (x: Float64Array) => sum(x, (v, i) => weights[i]! * Math.max(0, v) + Math.sin(v + i));
    const gradient = (x: Float64Array) =>
      x.map((v, i) => (v > 0 ? weights[i]! : 0) + Math.cos(v + i));
    expect(check(f, gradient, at, 5).verdict).toBe('agrees'); // disagreed before
  });

  test.each([27, 49, 82, 111])(
    'corners that a saturated tanh all but hides: no direction is believed that no entry bears out, draw %d',
    (seed) => {
      const r = random(seed + 1);
      const at = Float64Array.from({ length: SIZE }, (_, i) => (i % 2 ? r.normal() : 0));
      const w = at.map(() => 1.5 * r.normal());
      const f = (x: Float64Array) => Math.tanh(sum(x, (v, i) => w[i]! * Math.max(0, v)));
      const gradient = (x: Float64Array) => x.map((v, i) => (v > 0 ? w[i]! * (1 - f(at) ** 2) : 0));
      expect(check(f, gradient, at, seed)).toMatchObject({
        verdict: 'unresolved',
        wrongEntries: [],
      }); // disagreed
    },
  );

  test('in float32, with its long steps, corners beside x are not taken for corners at x', () => {
    const r = random(3);
    const w = Float64Array.from({ length: SIZE }, () => Math.fround(r.normal()));
    const at = w.map((_, i) => Math.fround(i % 2 ? 0.3 : -0.3));
    const f = (x: Float64Array) => {
      let total = 0;
      for (let i = 0; i < x.length; i++) total = Math.fround(total + w[i]! * Math.max(0, x[i]!));
      return Math.tanh(total / 20);
    };
    const gradient = (x: Float64Array) =>
      x.map((v, i) => (v > 0 ? w[i]! * (1 - f(x) ** 2) : 0) / 20);
    const wrong = off(gradient, 301, 0.02);
    for (const seed of [0, 1, 2]) {
      const result = checkGradient(
        { name: 'beside', f, gradient: wrong, at, dtype: 'float32' },
        { seed },
      );
      expect(result.wrongEntries.map((e) => e.index)).toEqual([301]); // unresolved
    }
  });
});

test('corners beside x, where only the longest steps reach, are none at x', () => {
  const at = new Float64Array(SIZE).fill(1);
  const [slope, beside] = [1e-7, 2e-5];
  const f = (x: Float64Array) =>
    sum(x, (v) => v - 1 + (v - 1) ** 2 + slope * Math.max(0, v - 1 - beside));
  const gradient = (x: Float64Array) =>
    x.map((v) => 1 + 2 * (v - 1) + (v > 1 + beside ? slope : 0));
  expect(check(f, gradient, at).verdict).toBe('agrees');
  const wrong = check(f, off(gradient, 77, 1e-4), at); // unresolved in 6,700 calls
  expect([wrong.verdict, wrong.wrongEntries.map((w) => w.index)]).toEqual(['disagrees', [77]]);
  expect(wrong.evaluations).toBeLessThan(2000);
});

describe('what is said of many corners', () => {
  const at = new Float64Array(SIZE);

  test('where nothing follows: why, and what to do', () => {
    /** The largest of each four, all at a tie. */
    const pools = (x: Float64Array) => {
      let total = 0;
      for (let i = 0; i < x.length; i += 4) total += Math.max(...x.subarray(i, i + 4));
      return total;
    };
    const { verdict, error } = check(pools, (x) => x.map(() => 1), at);
    expect(verdict).toBe('unresolved');
    expect(error).toMatch(
      /^f has a corner at 404 entries of x, .*; take a point beside the corner$/,
    );
  });

  test('a claim of 0 between two slopes is no flat f', () => {
    const right = check(
      (x) => sum(x, Math.abs),
      (x) => x.map(Math.sign),
      at,
    );
    expect(right).toMatchObject({ verdict: 'agrees', notes: ['kink'] });
  });
});
