import { describe, expect } from 'vitest';
import { random } from '../../src/numeric/random.ts';
import { fc, test } from '../property.ts';

/** xoshiro128** as published (Blackman & Vigna, xoshiro128starstar.c), in 32-bit big integers. */
function xoshiro(state: readonly bigint[]): () => number {
  const s = [...state] as [bigint, bigint, bigint, bigint];
  const u32 = (x: bigint): bigint => BigInt.asUintN(32, x);
  const rotl = (x: bigint, k: bigint): bigint => u32((x << k) | (x >> (32n - k)));
  return () => {
    const result = u32(rotl(u32(s[1] * 5n), 7n) * 9n);
    const t = u32(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11n);
    return Number(result);
  };
}

/** Four words of SplitMix32 from a seed. */
function seeded(seed: number): bigint[] {
  let state = BigInt.asUintN(32, BigInt(seed));
  return [0, 1, 2, 3].map(() => {
    state = BigInt.asUintN(32, state + 0x9e3779b9n);
    let z = BigInt.asUintN(32, (state ^ (state >> 16n)) * 0x21f0aaadn);
    z = BigInt.asUintN(32, (z ^ (z >> 15n)) * 0x735a2d97n);
    return z ^ (z >> 15n);
  });
}

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe('random', () => {
  test('this test’s xoshiro128** gives the known answers from state 1, 2, 3, 4', () => {
    const known = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849];
    expect(draws(8, xoshiro([1n, 2n, 3n, 4n]))).toEqual(known);
  });

  test.prop([fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })], { numRuns: 30 })(
    'uniform() is 53 bits of xoshiro128** seeded through SplitMix32',
    (seed) => {
      const bits = xoshiro(seeded(seed));
      const source = random(seed);
      for (let i = 0; i < 20; i++) {
        const high = Math.floor(bits() / 32);
        const low = Math.floor(bits() / 64);
        expect(source.uniform()).toBe((high * 2 ** 26 + low) / 2 ** 53);
      }
    },
  );

  test('the numbers of seed 0 never change', () => {
    const source = random(0);
    expect([source.uniform(), source.normal(), source.integer(1000)]).toEqual([
      0.41675133265905573, 0.5775525512810478, 442,
    ]);
  });

  test('uniform() fills [0, 1) evenly: χ² over 64 bins within 5 standard deviations', () => {
    const n = 64_000;
    const values = draws(n, random(1).uniform);
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    const bins = new Array<number>(64).fill(0);
    for (const u of values) bins[Math.floor(u * 64)]!++;
    const chi2 = bins.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0);
    expect(Math.abs(chi2 - 63)).toBeLessThan(5 * Math.sqrt(2 * 63));
  });

  test('normal() has the moments and the tails of a standard normal, within 5 standard errors', () => {
    const n = 100_000;
    const values = draws(n, random(2).normal);
    const moment = (k: number): number => mean(values.map((v) => v ** k));
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    const beyond = mean(values.map((v) => (Math.abs(v) > 1.959964 ? 1 : 0)));
    expect(Math.abs(beyond - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / n));
  });

  test('the two normals of one polar pair are uncorrelated', () => {
    const n = 50_000;
    const source = random(3);
    const products = draws(n, () => source.normal() * source.normal());
    expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(n));
  });

  test.prop([fc.integer(), fc.integer({ min: 1, max: 2 ** 31 })])(
    'integer(n) is a whole number from 0 to n − 1',
    (seed, n) => {
      const value = random(seed).integer(n);
      expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
    },
  );

  test.prop([fc.integer(), fc.array(fc.integer())])('shuffling keeps every item', (seed, items) => {
    const shuffled = random(seed).shuffleInPlace([...items]);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
  });

  test('shuffling three items gives each of the six orders equally often', () => {
    const n = 12_000;
    const source = random(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const order = source.shuffleInPlace([0, 1, 2]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const spread = Math.sqrt(n * (1 / 6) * (5 / 6));
    for (const count of counts.values()) expect(Math.abs(count - n / 6)).toBeLessThan(5 * spread);
  });

  test('fork leaves its source where it was, and repeats for one label', () => {
    const source = random(5);
    const before = source.fork(1).uniform();
    source.uniform();
    expect(source.fork(1).uniform()).toBe(before);
    expect(source.uniform()).toBe(draws(2, random(5).uniform)[1]);
  });

  test('forks of neighbouring labels and seeds are uncorrelated', () => {
    const n = 20_000;
    for (const [a, b] of [
      [random(0).fork(0), random(0).fork(1)],
      [random(0).fork(0), random(1).fork(0)],
      [random(0), random(0).fork(0)],
    ] as const) {
      const products = draws(n, () => (a.uniform() - 0.5) * (b.uniform() - 0.5));
      expect(Math.abs(mean(products))).toBeLessThan(5 / 12 / Math.sqrt(n));
    }
  });

  test('a seed that is no integer is refused', () => {
    expect(() => random(0.5)).toThrow('seed: got 0.5, expected an integer');
    expect(() => random(Number.NaN)).toThrow('seed: got NaN, expected an integer');
  });
});
