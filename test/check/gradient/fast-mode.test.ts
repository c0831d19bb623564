import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { type NetworkProblem, networkProblem } from './network-problem.ts';
import { ridgeProblem, spoilt } from './ridge-problem.ts';

const r = random(12);
const network: NetworkProblem = networkProblem(r);
const { at, gradient } = network;

/** The network with these entries of its gradient off by so much. */
const off = (entries: readonly number[], by: number) => ({
  ...network,
  gradient: (p: Float64Array) => {
    const g = gradient(p);
    for (const i of entries) g[i]! += by;
    return g;
  },
});

describe('random directions', () => {
  test('a right gradient of 5,041 entries agrees in fewer calls than entries, with a bound', () => {
    const result = checkGradient(network);
    expect(result).toMatchObject({ verdict: 'agrees', mode: 'fast', notes: [], wrongEntries: [] });
    expect(result.evaluations).toBeLessThan(1000);
    expect(result.bound!.confidence).toBe(0.99);
    expect(result.bound!.norm).toBeGreaterThan(0);
    expect(result.bound!.norm).toBeLessThan(1e-6);
    expect(result.caught!.absolute).toBe(result.bound!.norm);
  });

  test('one entry off by 1e-6 is found and named in fewer than 2,000 calls', () => {
    for (let trial = 0; trial < 4; trial++) {
      const index = r.integer(at.length);
      const result = checkGradient(off([index], 1e-6), { seed: trial });
      expect(result.verdict).toBe('disagrees');
      expect(result.wrongEntries.map((w) => w.index)).toEqual([index]);
      expect(result.evaluations).toBeLessThan(2000);
      expect(result.bound).toBeNull();
    }
  });

  test('three wrong entries of one slot are all found', () => {
    for (let trial = 0; trial < 2; trial++) {
      const entries = [r.integer(1600), 1600 + r.integer(1600), 3200 + r.integer(1600)];
      const { wrongEntries } = checkGradient(off(entries, 1e-3), { seed: trial });
      expect(wrongEntries.map((w) => w.index).sort((a, b) => a - b)).toEqual(entries);
    }
  });

  test('a big slot does not hide a small one', () => {
    const bias = at.length - 1;
    const { wrongEntries } = checkGradient(off([bias], 1e-6));
    expect(wrongEntries.map((w) => w.entry)).toEqual(['fc2.bias[0]']);
  });

  test('a slot that is wrong throughout fills its share of the list and is named', () => {
    const wrong = {
      ...network,
      gradient: (p: Float64Array) => gradient(p).map((v, i) => (i < 4830 ? 2 * v : v)),
    };
    const { verdict, wrongEntries, diagnosis, evaluations } = checkGradient(wrong, { maxWrong: 7 });
    expect(verdict).toBe('disagrees');
    expect(wrongEntries.map((w) => w.slot)).toEqual(Array(7).fill('fc1.weight'));
    expect(diagnosis?.kind).toBe('factor');
    expect(evaluations).toBeLessThan(3000);
  });

  test.each([
    ['factor', 2, 500],
    ['sign', -1, 1000],
    ['zero', 0, 2000],
  ])('%s, times %d in %i entries: named within 4,000 calls', (kind, factor, size) => {
    const { diagnosis, evaluations } = checkGradient({
      name: 'cubes',
      at: Array.from({ length: size }, (_, i) => 2 + Math.sin(i)),
      f: (x) => {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += x[i]! ** 3;
        return sum;
      },
      gradient: (x) => x.map((v) => factor * 3 * v * v),
    });
    expect(diagnosis!.kind).toBe(kind);
    expect(evaluations).toBeLessThan(4000);
  });

  test('an entry that is NaN is named, others are judged without it', () => {
    const { verdict, worst } = checkGradient(off([77], Number.NaN));
    expect([verdict, worst?.index]).toEqual(['not-finite', 77]);
  });

  test('the bound holds: an error as large as it says agrees with nothing', () => {
    for (let trial = 0; trial < 10; trial++) {
      const problem = ridgeProblem(random(trial), 60);
      const fast = { mode: 'fast', seed: trial } as const;
      const { norm } = checkGradient(problem, fast).bound!;
      const direction = problem.at.map(() => r.normal());
      const scale = norm / Math.hypot(...direction);
      const wrong = spoilt(problem, (g) => g.map((v, i) => v + scale * direction[i]!));
      const { verdict, evaluations } = checkGradient(wrong, fast);
      expect(verdict).not.toBe('agrees');
      // Hardly an entry is off by enough to be told: the search for one ends.
      expect(evaluations).toBeLessThan(20_000);
    }
  });

  test('small cases may be asked to be fast, large ones to be full', () => {
    const small = {
      name: 'sum',
      f: (x: Float64Array) => x.reduce((s, v) => s + v * v, 0),
      gradient: (x: Float64Array) => x.map((v) => 2 * v),
      at: new Float64Array(12).fill(0.3),
    };
    expect(checkGradient(small).mode).toBe('full');
    expect(checkGradient(small, { mode: 'fast' })).toMatchObject({
      mode: 'fast',
      verdict: 'agrees',
    });
    const large = { ...small, at: new Float64Array(401).fill(0.3) };
    expect(checkGradient(large).mode).toBe('fast');
    expect(checkGradient(large, { mode: 'full' })).toMatchObject({ mode: 'full', bound: null });
  });

  test('entries at the edge of their domain are judged by themselves', () => {
    const size = 40;
    const edge = {
      name: 'edge',
      f: (x: Float64Array) => {
        if (x.some((v) => v < 0)) throw new RangeError('outside');
        return x.reduce((s, v, i) => s + (i + 1) * v + v * v, 0);
      },
      gradient: (x: Float64Array) => x.map((v, i) => i + 1 + 2 * v),
      at: Float64Array.from({ length: size }, (_, i) => (i % 5 === 0 ? 0 : 1)),
      lower: new Float64Array(size),
    };
    const right = checkGradient(edge, { mode: 'fast' });
    expect(right).toMatchObject({ verdict: 'agrees', error: null });
    const wrong = checkGradient(
      { ...edge, gradient: (x) => edge.gradient(x).map((v, i) => (i === 10 ? v + 0.1 : v)) },
      { mode: 'fast' },
    );
    expect(wrong.wrongEntries.map((w) => w.index)).toEqual([10]);
  });
});
