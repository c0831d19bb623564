import type { LayerRule } from './rule.ts';

/** Y = XWᵀ + 1bᵀ. derivations/linear.md */
export const linear: LayerRule<'linear'> = ({ kernels: k, spec, x, y, dx, dy, parameter }) => {
  const weight = parameter('weight');
  const bias = spec.bias ? parameter('bias') : null;
  return {
    forward() {
      if (bias)
        k.linear(y, x, weight.value, bias.value); // Y = XWᵀ + 1bᵀ   (linear.1)
      else k.multiplyNT(y, x, weight.value);
    },
    backward() {
      k.multiplyTN(weight.gradient, dy, x); //     dW = dYᵀX   (linear.2)
      if (bias) k.sumTo(bias.gradient, dy); //     db = dYᵀ1   (linear.3)
      if (dx) k.multiply(dx, dy, weight.value); // dX = dYW    (linear.4)
    },
  };
};
