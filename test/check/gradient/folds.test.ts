import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { foldsOf } from '../../../src/check/gradient/folds.ts';
import { minNormOfZonotope } from '../../../src/check/gradient/min-norm-point.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
const vector = (r: Random, size: number) => Float64Array.from({ length: size }, () => r.normal());

interface Unit {
  readonly w: Float64Array;
  readonly a: number;
}
/** Σ a·max(0, w·x) + Σ sin xᵢ: all units fold at 0. */
function layer(r: Random, size: number, units: number) {
  const all: Unit[] = Array.from({ length: units }, () => ({ w: vector(r, size), a: r.normal() }));
  const f = (x: Float64Array) =>
    all.reduce((sum, { w, a }) => sum + a * Math.max(0, dot(w, x)), 0) +
    x.reduce((sum, v) => sum + Math.sin(v), 0);
  /** The gradient at 0 where unit k takes this share of its slope. */
  const gradient = (share: (k: number) => number) =>
    Float64Array.from({ length: size }, (_, i) =>
      all.reduce((sum, { w, a }, k) => sum + share(k) * a * w[i]!, 1),
    );
  return { f, gradient };
}

const seeds = fc.nat(1e6);

describe('foldsOf', () => {
  test.prop([seeds], { numRuns: 20 })('finds each unit of a layer, with its weights', (seed) => {
    const r = random(seed);
    const [w, v] = [vector(r, 4), vector(r, 4)];
    const slope = (d: Float64Array) => ({
      derivative: 2 * Math.abs(dot(w, d)) - Math.abs(dot(v, d)) + d[0]!,
      uncertainty: 1e-14,
    });
    const folds = foldsOf(4, slope, 1e-6, r)!;
    const sizes = folds.normals.map((n) => Math.sqrt(dot(n, n))).sort((a, b) => a - b);
    const known = [2 * Math.sqrt(dot(w, w)), Math.sqrt(dot(v, v))].sort((a, b) => a - b);
    expect(sizes).toEqual(known.map((size) => expect.closeTo(size, 6)));
    expect(Array.from(folds.linear)).toEqual([1, 0, 0, 0].map((c) => expect.closeTo(c, 6)));
  });

  test('a tie of three in a max is no sum of folds', () => {
    const slope = (d: Float64Array) => ({ derivative: Math.max(...d), uncertainty: 1e-14 });
    expect(foldsOf(3, slope, 1e-6, random(1))).toBeNull();
  });
});

test('minNormOfZonotope: the nearest point of a square and of a segment', () => {
  const [x, y] = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
  expect(Array.from(minNormOfZonotope(Float64Array.of(3, 0.5), [x, y]))).toEqual([
    expect.closeTo(2, 12),
    expect.closeTo(0, 12),
  ]);
  expect(Array.from(minNormOfZonotope(Float64Array.of(0.5, 2), [x]))).toEqual([
    expect.closeTo(0, 12),
    expect.closeTo(2, 12),
  ]);
});

describe('at a corner where a whole layer folds', () => {
  const check = (f: (x: Float64Array) => number, gradient: Float64Array) =>
    checkGradient({ name: 'layer', f, gradient: () => gradient, at: gradient.map(() => 0) });

  /** With each unit's slope left out, taken whole, every other taken, and a share of each. */
  const verdicts = (seed: number): readonly string[] => {
    const r = random(seed);
    const size = 3 + r.integer(2);
    const { f, gradient } = layer(r, size, size - 1);
    const any = Array.from({ length: size }, () => r.uniform());
    const shares = [() => 0, () => 1, (k: number) => k % 2, (k: number) => any[k]!];
    return shares.map((share) => check(f, gradient(share)).verdict);
  };

  test.prop([seeds], { numRuns: 5 })('no choice of each unit’s slope is wrong', (seed) => {
    expect(verdicts(seed)).not.toContain('disagrees');
  });

  // Of 2,500 other seeds one leaves a choice unresolved: a fold that is hardly seen.
  test.each([0, 1, 2, 695398])('every choice of each unit’s slope is right: seed %d', (seed) => {
    expect(verdicts(seed)).toEqual(Array(4).fill('agrees')); // the last unresolved in two tries
  });

  test.prop([seeds], { numRuns: 8 })('a slope beyond a unit’s own is wrong', (seed) => {
    const r = random(seed);
    const size = 3 + r.integer(2);
    const { f, gradient } = layer(r, size, 2);
    expect(
      check(
        f,
        gradient((k) => (k === 0 ? 1.01 : 0)),
      ).verdict,
    ).toBe('disagrees');
  });

  test('however many entries take part', () => {
    const { f, gradient } = layer(random(4), 40, 2);
    expect(
      check(
        f,
        gradient(() => 0),
      ).verdict,
    ).toBe('agrees'); // unresolved before
    expect(
      check(
        f,
        gradient((k) => 2 * k),
      ).verdict,
    ).toBe('disagrees'); // unresolved before
  });

  test.prop([seeds], { numRuns: 40 })(
    'of two layers: a piece that fills few directions, and bends no coordinate, is not accused',
    (seed) => {
      const r = random(seed);
      const [inner, outer] = [vector(r, 3), vector(r, 3)].map(() => [vector(r, 3), vector(r, 3)]);
      const t = vector(r, 3);
      const units = (x: Float64Array) =>
        Float64Array.from([...inner!.map((u) => Math.max(0, dot(u, x))), x[0]!]);
      const f = (x: Float64Array) =>
        x[1]! + outer!.reduce((sum, v) => sum + Math.max(0, dot(v, units(x))), 0);
      // At 0 the branches are those taken along t.
      const gradient = (x: Float64Array) => {
        const on = x.some((v) => v !== 0) ? x : t;
        const live = outer!.filter((v) => dot(v, units(on)) > 0);
        return x.map((_, i) => {
          const inputs = inner!.map((u) => (dot(u, on) > 0 ? u[i]! : 0));
          const moved = Float64Array.from([...inputs, Number(i === 0)]);
          return Number(i === 1) + live.reduce((sum, v) => sum + dot(v, moved), 0);
        });
      };
      const result = checkGradient({ name: 'layers', f, gradient, at: [0, 0, 0] });
      // It disagreed in one of thirty; 8 of 2,000 are unresolved.
      expect(result.verdict).not.toBe('disagrees');
    },
  );
});
