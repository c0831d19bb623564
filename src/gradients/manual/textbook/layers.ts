import { type LayerRule, like } from '../rule.ts';

/** derivations/linear.md, with each transpose, product and sum an operation of its own. */
export const linear: LayerRule<'linear'> = (site) => {
  const { kernels: k, workspace, spec, x, y, dx, dy, parameter } = site;
  const { value: w, gradient: dw } = parameter('weight');
  const bias = spec.bias ? parameter('bias') : null;
  const wT = workspace(w.cols, w.rows);
  const xwT = bias ? workspace(y.rows, y.cols) : y;
  const dyT = workspace(dy.cols, dy.rows);
  return {
    forward() {
      k.transpose(wT, w);
      k.multiply(xwT, x, wT);
      if (bias) k.add(y, xwT, bias.value); // Y = XWᵀ + 1bᵀ   (linear.1)
    },
    backward() {
      k.transpose(dyT, dy);
      k.multiply(dw, dyT, x); // dW = dYᵀX   (linear.2)
      if (bias) k.sumTo(bias.gradient, dy); // db = dYᵀ1   (linear.3)
      if (dx) k.multiply(dx, dy, w); // dX = dYW   (linear.4)
    },
  };
};

/** derivations/sigmoid.md */
export const sigmoid: LayerRule<'sigmoid'> = (site) => {
  const { kernels: k, workspace, x, y, dx, dy } = site;
  const fresh = like(x, workspace);
  const negative = fresh();
  const power = fresh();
  const denominator = fresh();
  const complement = fresh();
  const slope = fresh();
  return {
    forward() {
      k.negate(negative, x);
      k.exp(power, negative);
      k.shift(denominator, power, 1);
      k.reciprocal(y, denominator); // a = 1/(1 + e⁻ᶻ)   (sigmoid.1)
    },
    backward() {
      if (!dx) return;
      k.complement(complement, y);
      k.hadamard(slope, y, complement); // σ′ = a(1 − a)   (sigmoid.2)
      k.hadamard(dx, dy, slope); // dz = da ⊙ σ′   (sigmoid.3)
    },
  };
};

/** derivations/tanh.md */
export const tanh: LayerRule<'tanh'> = (site) => {
  const { kernels: k, workspace, x, y, dx, dy } = site;
  const fresh = like(x, workspace);
  const squared = fresh();
  const slope = fresh();
  return {
    forward() {
      k.tanh(y, x); // a = tanh z   (tanh.1)
    },
    backward() {
      if (!dx) return;
      k.square(squared, y);
      k.complement(slope, squared); // tanh′ = 1 − a²   (tanh.2)
      k.hadamard(dx, dy, slope); // dz = da ⊙ tanh′   (tanh.3)
    },
  };
};

/** derivations/relu.md */
export const relu: LayerRule<'relu'> = ({ kernels: k, workspace, x, y, dx, dy }) => {
  const mask = workspace(x.rows, x.cols);
  return {
    forward() {
      k.step(mask, x);
      k.hadamard(y, mask, x); // a = z where z > 0, else 0   (relu.1)
    },
    backward() {
      if (dx) k.hadamard(dx, dy, mask); // dz = da ⊙ [z > 0]   (relu.3)
    },
  };
};

/** derivations/leaky-relu.md */
export const leakyRelu: LayerRule<'leaky_relu'> = (site) => {
  const { kernels: k, workspace, spec, x, y, dx, dy } = site;
  const fresh = like(x, workspace);
  const mask = fresh();
  const complement = fresh();
  const below = fresh();
  const slopes = fresh();
  return {
    forward() {
      k.step(mask, x);
      k.complement(complement, mask);
      k.scale(below, complement, spec.slope);
      k.add(slopes, mask, below); // 1 where z > 0, else the slope   (leaky-relu.2)
      k.hadamard(y, slopes, x); // (leaky-relu.1)
    },
    backward() {
      if (dx) k.hadamard(dx, dy, slopes); // (leaky-relu.3)
    },
  };
};

/** derivations/elu.md */
export const elu: LayerRule<'elu'> = (site) => {
  const { kernels: k, workspace, spec, x, y, dx, dy } = site;
  const fresh = like(x, workspace);
  const less = fresh();
  const below = fresh();
  const power = fresh();
  const steep = fresh();
  const slopes = fresh();
  const ones = workspace(x.rows, x.cols);
  k.fill(ones, 1);
  return {
    forward() {
      k.expm1(less, x);
      k.scale(below, less, spec.alpha);
      k.select(y, x, x, below); // a = z where z > 0, else alpha (eᶻ − 1)   (elu.1)
    },
    backward() {
      if (!dx) return;
      k.exp(power, x);
      k.scale(steep, power, spec.alpha);
      k.select(slopes, x, ones, steep); // 1 where z > 0, else alpha eᶻ   (elu.2)
      k.hadamard(dx, dy, slopes); // (elu.3)
    },
  };
};
