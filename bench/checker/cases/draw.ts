import type { Random } from '../../../src/numeric/random.ts';
import type { ActivationName } from './activations.ts';
import type { Ridge } from './functions/ridge.ts';

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

export interface RidgeOptions {
  readonly activations?: readonly ActivationName[];
  readonly units?: number;
  readonly weight?: (i: number) => number;
  readonly bias?: () => number;
}

/** One to six random units over n entries, each of another of the activations. */
export function drawRidge(
  random: Random,
  n: number,
  {
    activations = SMOOTH,
    units = between(random, 1, 6),
    weight = () => normal(random, 1 / Math.sqrt(n)),
    bias = () => normal(random),
  }: RidgeOptions = {},
): Ridge {
  return {
    weights: listOf(units, () => listOf(n, weight)),
    biases: listOf(units, bias),
    activations: listOf(units, () => pick(random, activations)),
    amplitudes: normals(random, units),
    offset: 0,
  };
}

const SMOOTH: readonly ActivationName[] = [
  'tanh',
  'sigmoid',
  'sin',
  'exp',
  'square',
  'cube',
  'bump',
  'softplus',
];

/** A unit for each activation that sees one entry of x only; null leaves that entry out. */
export function drawUnits(
  random: Random,
  own: readonly (ActivationName | null)[],
  amplitude: () => number = () => normal(random),
): Ridge {
  const reached = own.flatMap((name, i) => (name ? [{ name, i }] : []));
  return {
    weights: reached.map(({ i }) => own.map((_, j) => (i === j ? 1 : 0))),
    biases: reached.map(() => 0),
    activations: reached.map(({ name }) => name),
    amplitudes: reached.map(amplitude),
    offset: 0,
  };
}

/** The sum of two over the same x. */
export const sumOf = (a: Ridge, b: Ridge): Ridge => ({
  weights: [...a.weights, ...b.weights],
  biases: [...a.biases, ...b.biases],
  activations: [...a.activations, ...b.activations],
  amplitudes: [...a.amplitudes, ...b.amplitudes],
  offset: a.offset + b.offset,
});
