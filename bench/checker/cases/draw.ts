import type { Random } from '../../../src/numeric/random.ts';

/** Five digits: short to write in JSON, and in binary as long as any number. */
export const short = (value: number): number => Number(value.toPrecision(5));

export const normal = (random: Random, scale: number = 1): number => short(scale * random.normal());

export const normals = (random: Random, n: number, scale?: number): number[] =>
  listOf(n, () => normal(random, scale));

/** 10 to a uniform power. */
export const logUniform = (random: Random, low: number, high: number): number =>
  short(10 ** (low + (high - low) * random.uniform()));

/** An integer of low … high. */
export const between = (random: Random, low: number, high: number): number =>
  low + random.integer(high - low + 1);

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[random.integer(from.length)]!;

export const listOf = <T>(n: number, of: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => of(i));
