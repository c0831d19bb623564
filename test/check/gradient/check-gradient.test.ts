import { describe, expect } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import type { CheckResult } from '../../../src/check/gradient/check-result.ts';
import type { GradientCase, Numbers } from '../../../src/check/gradient/gradient-case.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';
import { ridgeProblem, spoilt } from './ridge-problem.ts';

const seeds = fc.nat(1e6);
const runs = { numRuns: 60 };

/** A random smooth f of 1 to 6 entries. */
const problemOf = (seed: number) => {
  const r = random(seed);
  return ridgeProblem(r, 1 + r.integer(6));
};

describe('checkGradient, a scalar f', () => {
  test.prop([seeds], { numRuns: 150 })('agrees with the gradient of a random smooth f', (seed) => {
    const { verdict, wrongEntries, caught, bound, mode } = checkGradient(problemOf(seed), { seed });
    expect({ verdict, wrongEntries, mode, bound }).toEqual({
      verdict: 'agrees',
      wrongEntries: [],
      mode: 'full',
      bound: null,
    });
    expect(caught!.absolute).toBeLessThan(1e-5);
  });

  test.prop([seeds, fc.nat(5), fc.double({ min: -8, max: 0, noNaN: true })], runs)(
    'names the entry that is off, by as little as 1e-8',
    (seed, which, digits) => {
      const problem = problemOf(seed);
      const index = which % problem.at.length;
      const off = 10 ** digits;
      const wrong = spoilt(problem, (g) => g.map((v, i) => (i === index ? v + off : v)));
      const { verdict, worst, wrongEntries } = checkGradient(wrong, { seed });
      expect(verdict).toBe('disagrees');
      expect(wrongEntries.map((w) => w.index)).toEqual([index]);
      expect(worst).toMatchObject({ point: 0, slot: 'x', entry: `x[${index}]`, index });
      expect(Math.abs(worst!.got - worst!.expected - off)).toBeLessThanOrEqual(
        2 * worst!.uncertainty,
      );
    },
  );

  test.prop([seeds, fc.constantFrom(-1, 2, 0.5, 640, 1.001)], runs)(
    'a factor on the whole gradient disagrees',
    (seed, factor) => {
      const wrong = spoilt(problemOf(seed), (g) => g.map((v) => factor * v));
      expect(checkGradient(wrong, { seed }).verdict).toBe('disagrees');
    },
  );

  test.prop([seeds], runs)('an error of twice what `caught` says disagrees', (seed) => {
    const problem = problemOf(seed);
    const { absolute } = checkGradient(problem, { seed }).caught!;
    const index = seed % problem.at.length;
    const wrong = spoilt(problem, (g) => g.map((v, i) => (i === index ? v + 2 * absolute : v)));
    expect(checkGradient(wrong, { seed }).verdict).toBe('disagrees'); // unresolved in half of the cases;
  });

  test('one wrong entry of 100 takes less than two and a half times the calls of none', () => {
    const cubes = (change: (g: Float64Array) => Float64Array): CheckResult =>
      checkGradient({
        name: 'cubes',
        at: Array.from({ length: 100 }, (_, i) => 2 + Math.sin(i)),
        f: (x) => x.reduce((sum, v) => sum + v ** 3, 0),
        gradient: (x) => change(x.map((v) => 3 * v * v)),
      });
    const right = cubes((g) => g);
    const wrong = cubes((g) => g.map((v, i) => (i === 50 ? 1.01 * v : v)));
    expect([right.verdict, wrong.verdict, wrong.worst!.index]).toEqual(['agrees', 'disagrees', 50]);
    expect(wrong.evaluations).toBeLessThan(2.5 * right.evaluations);
  });

  test('a transposed matrix is found by the entries off its diagonal', () => {
    const slots = [{ name: 'W', shape: [3, 3] }];
    const problem = ridgeProblem(random(4), 9);
    const transposed = spoilt(problem, (g) => g.map((_, k) => g[3 * (k % 3) + Math.floor(k / 3)]!));
    const { verdict, wrongEntries, diagnosis } = checkGradient({ ...transposed, slots });
    expect(verdict).toBe('disagrees');
    expect(wrongEntries.map((w) => w.entry)).toEqual([
      'W[0,1]',
      'W[0,2]',
      'W[1,0]',
      'W[1,2]',
      'W[2,0]',
      'W[2,1]',
    ]);
    expect(diagnosis?.kind).toBe('transpose');
  });

  test('every point is checked: a mistake at the second is found there', () => {
    const problem = ridgeProblem(random(5), 3);
    const wrong = spoilt(problem, (g, x) => (x[0]! > 5 ? g.map((v) => 1.5 * v) : g));
    const at = [problem.at, Float64Array.of(6, 0.2, 0.3)];
    const { verdict, worst } = checkGradient({ ...wrong, at });
    expect([verdict, worst?.point]).toEqual(['disagrees', 1]);
  });

  test('the same case and seed give the same result, and leave the case as it was', () => {
    const problem = ridgeProblem(random(6), 4);
    const at = problem.at.slice();
    const wrong = spoilt(problem, (g) => g.map((v) => v * 1.1));
    expect(checkGradient(wrong, { seed: 3 })).toEqual(checkGradient(wrong, { seed: 3 }));
    expect(problem.at).toEqual(at);
  });

  test('a gradient too rough to judge is unresolved, neither right nor wrong', () => {
    const problem = ridgeProblem(random(7), 3);
    // Rounded to 1e-4 in x, it jumps about by more than 1e-6 of itself between neighbours.
    const rough = spoilt(problem, (g, x) => g.map((v, i) => v + 1e-5 * Math.sin(1e16 * x[i]!)));
    expect(checkGradient(rough).verdict).toBe('unresolved');
  });

  test('the Taylor test seconds: order 1 for a wrong gradient, none asked for a right one', () => {
    const problem = ridgeProblem(random(8), 4);
    const wrong = checkGradient(spoilt(problem, (g) => g.map((v) => 2 * v)));
    expect(wrong.taylor).toMatchObject({ says: 'wrong' });
    expect(wrong.taylor!.order).toBeCloseTo(1, 1);
    expect(checkGradient(problem).taylor).toBeNull();
  });
});

describe('checkGradient, a vector f with its vjp', () => {
  const matrix = (r: ReturnType<typeof random>) =>
    Array.from({ length: 3 }, () => Float64Array.from({ length: 4 }, () => r.normal()));

  /** tanh(A x), 4 entries to 3, with a vjp that may be spoilt. */
  function tanhCase(
    seed: number,
    change: (delta: number, row: number) => number = (d) => d,
  ): GradientCase {
    const r = random(seed);
    const rows = matrix(r);
    const z = (x: Float64Array) => rows.map((row) => row.reduce((s, v, j) => s + v * x[j]!, 0));
    return {
      name: 'tanh(Ax)',
      at: Float64Array.from({ length: 4 }, () => r.normal()),
      f: (x) => z(x).map(Math.tanh),
      vjp: (x, cotangent) => {
        const into = new Float64Array(4);
        z(x).forEach((t, k) => {
          const delta = change(cotangent[k]!, k) / Math.cosh(t) ** 2;
          rows[k]!.forEach((v, j) => {
            into[j]! += delta * v;
          });
        });
        return into;
      },
    };
  }

  test.prop([seeds], runs)('agrees with a right one', (seed) => {
    expect(checkGradient(tanhCase(seed), { seed }).verdict).toBe('agrees');
  });

  test.prop([seeds], runs)('finds two outputs swapped, which a cotangent of ones hides', (seed) => {
    const swapped = tanhCase(seed);
    const wrong = {
      ...swapped,
      vjp: (x: Numbers, c: Numbers) =>
        swapped.vjp!(x, Float64Array.of(c[1]!, c[0]!, c[2]!) as Numbers),
    };
    expect(checkGradient(wrong, { seed }).verdict).toBe('disagrees');
  });

  test('a vjp that ignores its cotangent is named so', () => {
    const { verdict, diagnosis } = checkGradient(tanhCase(1, () => 1));
    expect([verdict, diagnosis?.kind]).toEqual(['disagrees', 'upstream-ignored']);
  });

  test('two cotangents cost f no call more than one: its probes are shared', () => {
    const both = checkGradient(tanhCase(2)).evaluations;
    const perEntry = (both - 20) / 4;
    // A ladder has up to 30 rungs of two calls, a noise estimate 16 calls at least.
    expect(perEntry).toBeLessThan(60);
  });
});
