import type { LayerRule } from './rule.ts';

/** Y = XWᵀ + 1bᵀ. derivations/linear.md */
export const linear: LayerRule<'linear'> = ({ kernels: k, spec, x, y, dx, dy, parameter }) => {
  const { value: w, gradient: dw } = parameter('weight');
  const { value: b, gradient: db } = spec.bias ? parameter('bias') : NO_BIAS;
  return {
    forward() {
      if (b)
        k.linear(y, x, w, b); // Y = XWᵀ + 1bᵀ   (linear.1)
      else k.multiplyNT(y, x, w);
    },
    backward() {
      k.multiplyTN(dw, dy, x); //      dW = dYᵀX       (linear.2)
      if (db) k.sumTo(db, dy); //      db = dYᵀ1       (linear.3)
      if (dx) k.multiply(dx, dy, w); // dX = dYW       (linear.4)
    },
  };
};

const NO_BIAS = { value: null, gradient: null };
