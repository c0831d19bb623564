import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';

interface Layer {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/**
 * A ReLU net of 2 to 4 layers with whole weights, half of whose units are exactly at their corner at
 * `x`, and the gradient that f has a little way along a random ray from there.
 */
function tiedNet(seed: number) {
  const r = random(seed);
  const whole = () => r.integer(5) - 2;
  const many = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
  const x = many(1 + r.integer(4), whole);
  const layers: Layer[] = [];
  let activations = x;
  for (let depth = 2 + r.integer(3); depth > 0; depth--) {
    const weights = many(1 + r.integer(4), () => activations.map(whole));
    const biases = weights.map((w) => (r.uniform() < 0.5 ? -dot(w, activations) : whole()));
    layers.push({ weights, biases });
    activations = weights.map((w, j) => Math.max(0, dot(w, activations) + biases[j]!));
  }
  const out = activations.map(whole);
  const forward = (at: ArrayLike<number>) => {
    const all = [Array.from(at)];
    for (const { weights, biases } of layers) {
      const a = all.at(-1)!;
      all.push(weights.map((w, j) => Math.max(0, dot(w, a) + biases[j]!)));
    }
    return all;
  };
  const f = (at: ArrayLike<number>) => dot(out, forward(at).at(-1)!);
  const backward = (at: ArrayLike<number>) => {
    const all = forward(at);
    return layers.reduceRight((delta, { weights }, l) => {
      const masked = delta.map((d, j) => (all[l + 1]![j]! > 0 ? d : 0));
      return all[l]!.map((_, i) => masked.reduce((sum, d, j) => sum + d * weights[j]![i]!, 0));
    }, out);
  };
  const limit = backward(x.map((v) => v + 2 ** -20 * r.normal()));
  return { f, x, backward, limit };
}

const check = (seed: number, change: (g: readonly number[]) => readonly number[]) => {
  const { f, x, backward, limit } = tiedNet(seed);
  const isThere = (at: ArrayLike<number>) => x.every((v, i) => v === at[i]);
  const numbers = (at: Float64Array) => {
    if (!isThere(at)) throw new Error('known at its point only');
    return change(limit);
  };
  const code = (at: Float64Array) => change(isThere(at) ? limit : backward(at));
  return [numbers, code].map((gradient) => checkGradient({ name: 'net', f, gradient, at: x }));
};

const verdicts = (seed: number, change?: (g: readonly number[]) => readonly number[]) =>
  check(seed, change ?? ((g) => g)).map(({ verdict }) => verdict);

describe('corners of several layers at once, where code takes one branch', () => {
  // The first two disagreed as numbers, where a piece fills few directions and bends no coordinate; the
  // others were unresolved as code, which takes other branches a rounding away.
  test.each([98, 139, 86, 106, 138])(
    'net %d: right, as numbers at the point and as code',
    (seed) => {
      expect(verdicts(seed)).toEqual(['agrees', 'agrees']);
    },
  );

  test('what is wrong there is found', () => {
    const last = (g: readonly number[]) => g.map((v, i) => (i === g.length - 1 ? v + 1 : v));
    const twice = (g: readonly number[]) => g.map((v) => 2 * v);
    const negative = (g: readonly number[]) => g.map((v) => -v);
    expect(verdicts(98, last)).toEqual(['disagrees', 'disagrees']);
    expect(verdicts(86, twice)).toEqual(['disagrees', 'disagrees']);
    expect(verdicts(86, negative)).toEqual(['disagrees', 'disagrees']);
  });

  test('no such net is accused', () => {
    for (let seed = 1000; seed < 1030; seed++) {
      for (const verdict of verdicts(seed)) expect(verdict, `net ${seed}`).not.toBe('disagrees');
    }
  });

  test('a claim of 0 is no exception, though it has no size of its own', () => {
    // Where x + y < 0 < x + 2y both are off: 5 % of all directions.
    const f = ([x, y]: Float64Array) => 2 * Math.max(0, x! + y!) - Math.max(0, -x! - 2 * y!);
    const claim = (gradient: () => number[]) =>
      checkGradient({ name: 'both off', f, gradient, at: [0, 0] }).verdict;
    expect(claim(() => [0, 0])).toBe('agrees'); // disagreed before
    expect(claim(() => [1, -1])).toBe('disagrees');
  });

  test.each([1e-6, 1e-9, 1e-12])('a corner at %d beside x is none at x', (by) => {
    const f = ([x]: Float64Array) => Math.max(0, x!);
    const claim = (g: number) =>
      checkGradient({ name: 'beside', f, gradient: () => [g], at: [by] }).verdict;
    expect(claim(1)).toBe('agrees');
    expect(claim(0)).toBe('disagrees'); // agreed from 1e-10 down
  });
});
