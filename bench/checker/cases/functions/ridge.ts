import { type ActivationName, activations } from '../activations.ts';
import type { CaseFunction } from '../case-function.ts';
import { type Affine, affine } from './affine.ts';

export interface Ridge extends Affine {
  readonly activations: readonly ActivationName[];
  readonly amplitudes: readonly number[];
  readonly offset: number;
}

/** A sum of activations, each along a direction of its own. */
export const ridge: CaseFunction<Ridge> = {
  formula: 'offset + sum_k amplitudes[k] * phi_k(biases[k] + sum_i weights[k][i] * x[i])',
  parameters: {
    weights: 'K rows as long as x',
    biases: 'K numbers',
    activations: 'the names of phi_1 ... phi_K',
    amplitudes: 'K numbers',
    offset: 'a number',
  },
  vector: false,
  value: (a, p, x) => [
    affine(a, p, x).reduce(
      (sum, z, k) =>
        a.add(sum, a.mul(a.constant(p.amplitudes[k]!), activations[p.activations[k]!].value(a, z))),
      a.constant(p.offset),
    ),
  ],
  vjp: (a, p, x, cotangent) => {
    const gradient = new Array<number>(x.length).fill(0);
    affine(a, p, x).forEach((z, k) => {
      const slope = activations[p.activations[k]!].slope(a, z);
      const delta = a.mul(cotangent[0]!, a.mul(a.constant(p.amplitudes[k]!), slope));
      p.weights[k]!.forEach((w, i) => {
        // A unit that x[i] does not reach may have an infinite slope.
        if (w !== 0) gradient[i] = a.add(gradient[i]!, a.mul(delta, a.constant(w)));
      });
    });
    return gradient;
  },
};
