import type { Random } from '../../../src/numeric/random.ts';
import type { ActivationName } from './activations.ts';
import { between, listOf, normal, normals, pick } from './draw.ts';
import type { Ridge } from './functions/ridge.ts';

interface RidgeOptions {
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

export interface SeparableOptions {
  readonly factor?: number;
  readonly bias?: (i: number) => number;
  readonly amplitude?: (i: number) => number;
  readonly offset?: number;
}

/** Σ amplitudeᵢ φᵢ(factor · xᵢ + biasᵢ) + offset: a unit an entry, and none where its φ is null. */
export function separable(
  phis: readonly (ActivationName | null)[],
  { factor = 1, bias = () => 0, amplitude = () => 1, offset = 0 }: SeparableOptions = {},
): Ridge {
  const reached = phis.flatMap((phi, i) => (phi ? [{ phi, i }] : []));
  return {
    weights: reached.map(({ i }) => phis.map((_, j) => (i === j ? factor : 0))),
    biases: reached.map(({ i }) => bias(i)),
    activations: reached.map(({ phi }) => phi),
    amplitudes: reached.map(({ i }) => amplitude(i)),
    offset,
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
