import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';

const f = (x: Float64Array) => x.reduce((sum, v, i) => sum + (1 + (i % 3)) * Math.sin(v), 0);
const truth = (x: Float64Array) => x.map((v, i) => (1 + (i % 3)) * Math.cos(v));
const rms = (g: Float64Array) => Math.sqrt(g.reduce((s, v) => s + v * v, 0) / g.length);

/** Off by `share` of the tolerance, in the entries that `errs` picks. */
function approximate(
  seed: number,
  {
    size,
    tolerance,
    share,
    errs,
  }: {
    readonly size: number;
    readonly tolerance: number;
    readonly share: number;
    readonly errs: (index: number) => boolean;
  },
) {
  const r = random(seed);
  const at = Float64Array.from({ length: size }, () => r.normal());
  const gradient = (x: Float64Array) => {
    const g = truth(x);
    const typical = rms(g);
    return g.map((v, i) => (errs(i) ? v + share * tolerance * Math.max(Math.abs(v), typical) : v));
  };
  return { name: 'approximate', f, gradient, at, tolerance };
}

const seeds = fc.nat(1e6);
const tolerances = fc.constantFrom(1e-6, 1e-4, 0.1);
const runs = { numRuns: 10 };

describe('a gradient that is itself approximate', () => {
  const each = [
    ['full', 8],
    ['fast', 60],
  ] as const;
  for (const [mode, size] of each) {
    test.prop([seeds, tolerances], runs)(
      `${mode} mode: half the tolerance agrees, in every entry or in one`,
      (seed, tolerance) => {
        for (const errs of [() => true, (i: number) => i === seed % size]) {
          const given = approximate(seed, { size, tolerance, share: 0.5, errs });
          // Fast mode's bound fails as often as it says.
          const { verdict, caught } = checkGradient(given, { mode, seed, confidence: 1 - 1e-9 });
          expect(verdict).toBe('agrees');
          // What passes would not be caught.
          const least = tolerance * rms(truth(given.at));
          expect(caught!.absolute).toBeGreaterThanOrEqual(least / 2);
        }
      },
    );

    test.prop([seeds, tolerances], runs)(
      `${mode} mode: twice the tolerance disagrees, and the entry is named`,
      (seed, tolerance) => {
        const [size2, index] = [size, seed % size];
        const one = { size: size2, tolerance, share: 2, errs: (i: number) => i === index };
        const found = checkGradient(approximate(seed, one), { mode, seed });
        expect(found.verdict).toBe('disagrees');
        expect(found.wrongEntries.map((w) => w.index)).toEqual([index]);
        const all = approximate(seed, { ...one, errs: () => true });
        expect(checkGradient(all, { mode, seed }).verdict).toBe('disagrees');
      },
    );
  }

  test('single precision inside a double gradient passes at 1e-6, and not at 0', () => {
    const at = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
    const single = {
      name: 'single',
      f,
      gradient: (x: Float64Array) => truth(x).map(Math.fround),
      at,
    };
    expect(checkGradient(single).verdict).toBe('disagrees');
    expect(checkGradient({ ...single, tolerance: 1e-6 }).verdict).toBe('agrees');
  });

  test('at a corner and at the edge of the domain it passes as well', () => {
    const bent = (x: Float64Array) => Math.abs(x[0]!) + x[1]! ** 2;
    const check = (gradient: readonly number[], tolerance: number) =>
      checkGradient({
        name: 'bent',
        f: bent,
        gradient: () => gradient,
        at: [0, 1],
        lower: [-1, 1],
        tolerance,
      }).verdict;
    expect(check([1.005, 2.01], 0.01)).toBe('agrees');
    expect(check([1.005, 2], 1e-3)).toBe('disagrees');
    expect(check([1, 2.01], 1e-3)).toBe('disagrees');
  });

  test.each([-1e-3, 1, Number.NaN])('%d is no tolerance', (tolerance) => {
    const given = { name: 'none', f, gradient: truth, at: [1], tolerance };
    expect(() => checkGradient(given)).toThrow(/tolerance: got .*, expected 0 or more, below 1/);
  });
});
