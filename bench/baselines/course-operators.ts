import type { LayerKind } from '../../src/model/layer.ts';
import type { CourseMatrix } from './course-matrix.ts';

/** A layer as a course writes it: it remembers what its backward pass needs. */
export interface Operator<M> {
  forward(x: M): M;
  /** ∂L/∂x from ∂L/∂y of the last forward. */
  backward(dy: M): M;
}

/** y = x Wᵀ + b. Its parameters are replaced, never changed in place. */
export interface LinearOperator<M> extends Operator<M> {
  weight: M;
  bias: M | null;
  /** ∂L/∂W = dyᵀ x and ∂L/∂b = Σ dy. */
  gradients(dy: M): { readonly weight: M; readonly bias: M };
}

export function linearOperator<M extends CourseMatrix<M>>(
  weight: M,
  bias: M | null,
): LinearOperator<M> {
  let input: M;
  return {
    weight,
    bias,
    forward(x) {
      input = x;
      const product = x.multiply(this.weight.transpose());
      return this.bias ? product.addRowVector(this.bias) : product;
    },
    gradients: (dy) => ({ weight: dy.transpose().multiply(input), bias: dy.sumRows() }),
    backward(dy) {
      return dy.multiply(this.weight);
    },
  };
}

interface Activation {
  readonly value: (z: number) => number;
  /** The derivative, from the output. */
  readonly slope: (a: number) => number;
}

/** The activations a course knows. */
const ACTIVATIONS: { readonly [K in LayerKind]?: Activation } = {
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) },
  tanh: { value: Math.tanh, slope: (a) => 1 - a * a },
  relu: { value: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0) },
};

/** Throws where the course does not know the activation. */
export function activationOperator<M extends CourseMatrix<M>>(kind: LayerKind): Operator<M> {
  const activation = ACTIVATIONS[kind];
  if (!activation) {
    const known = Object.keys(ACTIVATIONS).join(', ');
    throw new RangeError(`course network: got layer ${kind}, expected linear, ${known}`);
  }
  let output: M;
  return {
    forward: (z) => {
      output = z.map(activation.value);
      return output;
    },
    backward: (dy) => dy.hadamard(output.map(activation.slope)),
  };
}
