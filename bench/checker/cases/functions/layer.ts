import { type ActivationName, activations } from '../activations.ts';
import type { CaseFunction } from '../case-function.ts';
import { type Affine, affine } from './affine.ts';

export interface Layer extends Affine {
  readonly activation: ActivationName;
}

/** A dense layer as a function of its input. */
export const layer: CaseFunction<Layer> = {
  formula: 'output k: phi(biases[k] + sum_i weights[k][i] * x[i])',
  parameters: {
    weights: 'K rows as long as x',
    biases: 'K numbers',
    activation: 'the name of phi',
  },
  vector: true,
  value: (a, p, x) => affine(a, p, x).map((z) => activations[p.activation].value(a, z)),
  vjp: (a, p, x, cotangent) => {
    const gradient = new Array<number>(x.length).fill(0);
    affine(a, p, x).forEach((z, k) => {
      const delta = a.mul(cotangent[k]!, activations[p.activation].slope(a, z));
      p.weights[k]!.forEach((w, i) => {
        gradient[i] = a.add(gradient[i]!, a.mul(delta, a.constant(w)));
      });
    });
    return gradient;
  },
};
