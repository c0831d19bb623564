import type { Composition } from './network.ts';

/** One primitive a layer, as a framework's fused operators are. */
export const fused: Composition = {
  layers: {
    linear: (f, spec, x, parameter) =>
      spec.bias
        ? f.linear(x, parameter('weight'), parameter('bias'))
        : f.linear_without_bias(x, parameter('weight')),
    sigmoid: (f, _spec, x) => f.sigmoid(x),
    tanh: (f, _spec, x) => f.tanh(x),
    relu: (f, _spec, x) => f.relu(x),
    leaky_relu: (f, spec, x) => f.leaky_relu(x, spec.slope),
    elu: (f, spec, x) => f.elu(x, spec.alpha),
    identity: (_f, _spec, x) => x,
  },
  losses: {
    bce: (f, p, y, divisor) => f.bce(p, y, divisor),
    bce_with_logits: (f, z, y, divisor) => f.bce_with_logits(z, y, divisor),
    cross_entropy: (f, z, classes, divisor) => f.cross_entropy(z, classes, divisor),
    mse: (f, p, y, divisor) => f.mse(p, y, divisor),
  },
  sigmoidBce: (f, z, y, divisor) => f.sigmoid_bce(z, y, divisor),
};

/** One primitive a symbol of the formula. */
export const textbook: Composition = {
  layers: {
    linear: (f, spec, x, parameter) => {
      const product = f.multiply(x, f.transpose(parameter('weight')));
      return spec.bias ? f.add(product, parameter('bias')) : product;
    },
    sigmoid: (f, _spec, x) => f.reciprocal(f.shift(f.exp(f.negate(x)), 1)),
    tanh: (f, _spec, x) => f.tanh(x),
    relu: (f, _spec, x) => f.hadamard(f.step(x), x),
    leaky_relu: (f, spec, x) => {
      const above = f.step(x);
      return f.hadamard(f.add(above, f.scale(f.complement(above), spec.slope)), x);
    },
    // The inner select: eˣ of a large x is ∞, and its pullback 0 · ∞ = NaN though it is not chosen.
    elu: (f, s, x) => f.select(x, x, f.scale(f.expm1(f.select(x, f.scale(x, 0), x)), s.alpha)),
    identity: (_f, _spec, x) => x,
  },
  losses: {
    bce: (f, p, y, divisor) => {
      const ones = f.hadamard(y, f.clamped_log(p));
      const zeros = f.hadamard(f.complement(y), f.clamped_log(f.complement(p)));
      return f.scale(f.sum(f.add(ones, zeros)), -1 / divisor);
    },
    bce_with_logits: (f, z, y, divisor) => {
      const positive = f.relu(z);
      // |z| as 2 max(z, 0) − z: then the kinks of the two terms cancel at 0, as they do in softplus.
      // With abs the tape takes 0 for both derivatives there, and loses ½.
      const log = f.log1p(f.exp(f.subtract(z, f.scale(positive, 2))));
      const linear = f.subtract(positive, f.hadamard(z, y));
      return f.scale(f.sum(f.add(linear, log)), 1 / divisor);
    },
    cross_entropy: (f, z, classes, divisor) => {
      const shifted = f.subtract(z, f.constant_row_max(z));
      const logTotal = f.log(f.row_sums(f.exp(shifted)));
      const chosen = f.hadamard(f.one_hot(classes, z.value.cols), shifted);
      return f.scale(f.sum(f.subtract(logTotal, f.row_sums(chosen))), 1 / divisor);
    },
    mse: (f, p, y, divisor) => f.scale(f.sum(f.square(f.subtract(p, y))), 1 / divisor),
  },
  sigmoidBce: null,
};
