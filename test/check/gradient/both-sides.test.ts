import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';

describe('where two smooth pieces of f meet with one slope', () => {
  const pieces = {
    't|t|': [(t: number) => t * Math.abs(t), (t: number) => 2 * Math.abs(t)],
    'a squared hinge': [(t: number) => Math.max(0, t) ** 2, (t: number) => 2 * Math.max(0, t)],
    elu: [(t: number) => (t > 0 ? t : Math.expm1(t)), (t: number) => (t > 0 ? 1 : Math.exp(t))],
    huber: [
      (t: number) => (Math.abs(t) <= 1 ? (t * t) / 2 : Math.abs(t) - 0.5),
      (t: number) => Math.max(-1, Math.min(1, t)),
    ],
  } as const;

  // Of 2,000 such sums with t|t|, 76 were unresolved by central differences alone.
  test.each(Object.entries(pieces))('%s is resolved, right or wrong', (name, [piece, slope]) => {
    const seam = name === 'huber' ? 1 : 0;
    for (let seed = 0; seed < 25; seed++) {
      const r = random(seed);
      const [a, w, b] = [r.normal(), r.normal(), r.normal()];
      const f = (x: Float64Array) => a * piece(x[0]!) + Math.tanh(w * x[0]! + b);
      const right = a * slope(seam) + w / Math.cosh(w * seam + b) ** 2;
      const verdict = (g: number) =>
        checkGradient({ name, f, gradient: () => [g], at: [seam] }).verdict;
      expect(verdict(right), `seed ${seed}`).toBe('agrees');
      expect(verdict(right * (1 + 1e-5)), `seed ${seed}`).toBe('disagrees');
    }
  });
});

test('at the edge of the domain an error of twice what `caught` says disagrees', () => {
  for (let seed = 0; seed < 40; seed++) {
    const r = random(seed);
    const [a, w, b] = [r.normal(), 3 * r.normal(), r.normal()];
    const f = (x: Float64Array) => a * Math.tanh(w * x[0]! + b);
    const right = (a * w) / Math.cosh(b) ** 2;
    const check = (g: number) =>
      checkGradient({ name: 'edge', f, gradient: () => [g], at: [0], lower: [0] });
    const { verdict, caught } = check(right);
    expect(verdict, `seed ${seed}`).toBe('agrees');
    // Unresolved in one of five: the blunter of both ladders did not object.
    expect(check(right + 2 * caught!.absolute).verdict, `seed ${seed}`).toBe('disagrees');
  }
});
