import type { Matrix } from '../../numeric/matrix.ts';
import { type Operations, SCALAR } from './operations.ts';
import type { Pullback } from './tape.ts';

/** A primitive's result, then one pullback for each matrix argument, in order. */
type Primal = readonly [value: Matrix, ...pullbacks: Pullback<Matrix>[]];

/** Matrices come first; numbers are settings and get no cotangent. */
type Rule<Args extends readonly (Matrix | number)[]> = (o: Operations, ...args: Args) => Primal;
type Unary = Rule<[x: Matrix]>;
type Binary = Rule<[a: Matrix, b: Matrix]>;
type Settled = Rule<[x: Matrix, setting: number]>;

/** Every primitive and its arguments: a name without a rule does not compile. */
export interface Primitives {
  add: Binary;
  subtract: Binary;
  hadamard: Binary;
  divide: Binary;
  negate: Unary;
  complement: Unary;
  reciprocal: Unary;
  exp: Unary;
  expm1: Unary;
  log: Unary;
  log1p: Unary;
  clamped_log: Unary;
  sqrt: Unary;
  square: Unary;
  abs: Unary;
  scale: Settled;
  shift: Settled;
  step: Unary;
  constant_row_max: Unary;
  one_hot: Rule<[classes: Matrix, columns: number]>;
  select: Rule<[condition: Matrix, a: Matrix, b: Matrix]>;
  multiply: Binary;
  transpose: Unary;
  sum: Unary;
  row_sums: Unary;
  column_sums: Unary;
  sigmoid: Unary;
  tanh: Unary;
  relu: Unary;
  leaky_relu: Settled;
  elu: Settled;
  linear: Rule<[x: Matrix, w: Matrix, b: Matrix]>;
  linear_without_bias: Binary;
  bce: Rule<[p: Matrix, y: Matrix, divisor: number]>;
  sigmoid_bce: Rule<[z: Matrix, y: Matrix, divisor: number]>;
  bce_with_logits: Rule<[z: Matrix, y: Matrix, divisor: number]>;
  cross_entropy: Rule<[z: Matrix, classes: Matrix, divisor: number]>;
  mse: Rule<[p: Matrix, y: Matrix, divisor: number]>;
}

export type Primitive = keyof Primitives;

/**
 * How each primitive is computed, and the pullback of a cotangent ȳ to each argument x̄.
 * The operands of add, subtract, hadamard and divide broadcast; what was stretched going forward is
 * summed going back.
 */
export const rules: Readonly<Primitives> = {
  // c = a + b;  ā = c̄, b̄ = c̄
  add: (o, a, b) => [o.add(a, b), (c̄) => o.sumTo(c̄, a), (c̄) => o.sumTo(c̄, b)],

  // c = a − b;  ā = c̄, b̄ = −c̄
  subtract: (o, a, b) => [o.subtract(a, b), (c̄) => o.sumTo(c̄, a), (c̄) => o.sumTo(o.negate(c̄), b)],

  // c = a ⊙ b;  ā = c̄ ⊙ b, b̄ = c̄ ⊙ a
  hadamard: (o, a, b) => [
    o.hadamard(a, b),
    (c̄) => o.sumTo(o.hadamard(c̄, b), a),
    (c̄) => o.sumTo(o.hadamard(c̄, a), b),
  ],

  // c = a ⊘ b;  ā = c̄ ⊘ b, b̄ = −c̄ ⊙ c ⊘ b
  divide: (o, a, b) => {
    const c = o.divide(a, b);
    return [
      c,
      (c̄) => o.sumTo(o.divide(c̄, b), a),
      (c̄) => o.sumTo(o.negate(o.divide(o.hadamard(c̄, c), b)), b),
    ];
  },

  // y = −x;  x̄ = −ȳ
  negate: (o, x) => [o.negate(x), (ȳ) => o.negate(ȳ)],

  // y = 1 − x;  x̄ = −ȳ
  complement: (o, x) => [o.complement(x), (ȳ) => o.negate(ȳ)],

  // y = 1/x;  x̄ = −ȳ ⊙ y²
  reciprocal: (o, x) => {
    const y = o.reciprocal(x);
    return [y, (ȳ) => o.negate(o.hadamard(ȳ, o.square(y)))];
  },

  // y = eˣ;  x̄ = ȳ ⊙ y
  exp: (o, x) => {
    const y = o.exp(x);
    return [y, (ȳ) => o.hadamard(ȳ, y)];
  },

  // y = eˣ − 1;  x̄ = ȳ ⊙ eˣ
  expm1: (o, x) => [o.expm1(x), (ȳ) => o.hadamard(ȳ, o.exp(x))],

  // y = ln x;  x̄ = ȳ ⊘ x
  log: (o, x) => [o.log(x), (ȳ) => o.divide(ȳ, x)],

  // y = ln(1 + x);  x̄ = ȳ ⊘ (1 + x)
  log1p: (o, x) => [o.log1p(x), (ȳ) => o.divide(ȳ, o.shift(x, 1))],

  // y = max(ln x, −100);  x̄ = ȳ ⊘ x where ln x > −100, else 0
  clamped_log: (o, x) => [o.clampedLog(x), (ȳ) => o.hadamard(ȳ, o.clampedLogSlope(x))],

  // y = √x;  x̄ = ȳ ⊘ 2y
  sqrt: (o, x) => {
    const y = o.sqrt(x);
    return [y, (ȳ) => o.divide(ȳ, o.scale(y, 2))];
  },

  // y = x²;  x̄ = ȳ ⊙ 2x
  square: (o, x) => [o.square(x), (ȳ) => o.hadamard(ȳ, o.scale(x, 2))],

  // y = |x|;  x̄ = ȳ ⊙ sign x, 0 at 0
  abs: (o, x) => [o.abs(x), (ȳ) => o.hadamard(ȳ, o.subtract(o.step(x), o.step(o.negate(x))))],

  // y = factor · x;  x̄ = factor · ȳ
  scale: (o, x, factor) => [o.scale(x, factor), (ȳ) => o.scale(ȳ, factor)],

  // y = x + addend;  x̄ = ȳ
  shift: (o, x, addend) => [o.shift(x, addend), (ȳ) => ȳ],

  // m = 1 where x > 0, else 0;  x̄ = 0
  step: (o, x) => [o.step(x), () => o.full(x, 0)],

  // yᵢ = maxⱼ xᵢⱼ as a constant: for shifts that cancel;  x̄ = 0
  constant_row_max: (o, x) => [o.rowMax(x), () => o.full(x, 0)],

  // Yᵢ = the unit row of classᵢ;  no cotangent for a class
  one_hot: (o, classes, columns) => [o.oneHot(classes, columns), () => o.full(classes, 0)],

  // Y = where c > 0 then A else B;  Ā = Ȳ there, B̄ = Ȳ elsewhere, c̄ = 0
  select: (o, condition, a, b) => {
    const zero = () => o.full(condition, 0);
    return [
      o.select(condition, a, b),
      zero,
      (ȳ) => o.select(condition, ȳ, zero()),
      (ȳ) => o.select(condition, zero(), ȳ),
    ];
  },

  // C = A B;  Ā = C̄ Bᵀ, B̄ = Aᵀ C̄
  multiply: (o, a, b) => [o.multiply(a, b), (c̄) => o.multiplyNT(c̄, b), (c̄) => o.multiplyTN(a, c̄)],

  // Y = Xᵀ;  X̄ = Ȳᵀ
  transpose: (o, x) => [o.transpose(x), (ȳ) => o.transpose(ȳ)],

  // y = Σᵢⱼ xᵢⱼ;  X̄ = ȳ 1 1ᵀ
  sum: (o, x) => [o.sumTo(x, SCALAR), (ȳ) => o.broadcastTo(ȳ, x)],

  // yᵢ = Σⱼ xᵢⱼ;  X̄ = ȳ 1ᵀ
  row_sums: (o, x) => [o.sumTo(x, { rows: x.rows, cols: 1 }), (ȳ) => o.broadcastTo(ȳ, x)],

  // yⱼ = Σᵢ xᵢⱼ;  X̄ = 1 ȳ
  column_sums: (o, x) => [o.sumTo(x, { rows: 1, cols: x.cols }), (ȳ) => o.broadcastTo(ȳ, x)],

  // y = 1/(1 + e⁻ˣ);  x̄ = ȳ ⊙ y(1 − y)
  sigmoid: (o, x) => {
    const y = o.sigmoid(x);
    return [y, (ȳ) => o.written(x, (k, x̄) => k.sigmoidPullback(x̄, ȳ, y))];
  },

  // y = tanh x;  x̄ = ȳ ⊙ (1 − y)(1 + y)
  tanh: (o, x) => {
    const y = o.tanh(x);
    return [y, (ȳ) => o.written(x, (k, x̄) => k.tanhPullback(x̄, ȳ, y))];
  },

  // y = x where x > 0, else 0;  x̄ = ȳ where x > 0, else 0
  relu: (o, x) => [o.relu(x), (ȳ) => o.written(x, (k, x̄) => k.reluPullback(x̄, ȳ, x))],

  // y = x where x > 0, else slope · x;  x̄ = ȳ where x > 0, else slope · ȳ
  leaky_relu: (o, x, slope) => [
    o.written(x, (k, y) => k.leakyRelu(y, x, slope)),
    (ȳ) => o.written(x, (k, x̄) => k.leakyReluPullback(x̄, ȳ, x, slope)),
  ],

  // y = x where x > 0, else alpha (eˣ − 1);  x̄ = ȳ where x > 0, else ȳ ⊙ (y + alpha)
  elu: (o, x, alpha) => {
    const y = o.written(x, (k, result) => k.elu(result, x, alpha));
    return [y, (ȳ) => o.written(x, (k, x̄) => k.eluPullback(x̄, ȳ, x, y, alpha))];
  },

  // Y = X Wᵀ + 1 b;  X̄ = Ȳ W, W̄ = Ȳᵀ X, b̄ = 1ᵀ Ȳ
  linear: (o, x, w, b) => [
    o.linear(x, w, b),
    (ȳ) => o.multiply(ȳ, w),
    (ȳ) => o.multiplyTN(ȳ, x),
    (ȳ) => o.sumTo(ȳ, b),
  ],

  // Y = X Wᵀ;  X̄ = Ȳ W, W̄ = Ȳᵀ X
  linear_without_bias: (o, x, w) => [
    o.multiplyNT(x, w),
    (ȳ) => o.multiply(ȳ, w),
    (ȳ) => o.multiplyTN(ȳ, x),
  ],

  // L = −Σ (y ln p + (1 − y) ln(1 − p)) / divisor;  p̄ = L̄ ((1 − y)/(1 − p) − y/p) / divisor
  bce: (o, p, y, divisor) => [
    o.written(SCALAR, (k, loss) => k.bce(loss, p, y, divisor)),
    (L̄) => o.written(p, (k, p̄) => k.bcePullback(p̄, L̄, p, y, divisor)),
    noCotangent,
  ],

  // L = bce(σ(z), y);  z̄ = L̄ (σ(z) − y) / divisor, where no logarithm is clamped
  sigmoid_bce: (o, z, y, divisor) => {
    const p = o.written(z, () => {});
    return [
      o.written(SCALAR, (k, loss) => k.sigmoidBce(loss, p, z, y, divisor)),
      (L̄) => o.written(z, (k, z̄) => k.sigmoidBcePullback(z̄, L̄, p, z, y, divisor)),
      noCotangent,
    ];
  },

  // L = Σ (softplus(z) − y z) / divisor;  z̄ = L̄ (σ(z) − y) / divisor
  bce_with_logits: (o, z, y, divisor) => {
    const p = o.written(z, () => {});
    return [
      o.written(SCALAR, (k, loss) => k.bceWithLogits(loss, p, z, y, divisor)),
      (L̄) => o.written(z, (k, z̄) => k.bceWithLogitsPullback(z̄, L̄, p, y, divisor)),
      noCotangent,
    ];
  },

  // L = Σᵢ (ln Σₖ e^zᵢₖ − zᵢ,classᵢ) / divisor;  Z̄ = L̄ (softmax(Z) − onehot) / divisor
  cross_entropy: (o, z, classes, n) => {
    const softmax = o.written(z, () => {});
    return [
      o.written(SCALAR, (k, loss) => k.crossEntropy(loss, softmax, z, classes, n)),
      (L̄) => o.written(z, (k, z̄) => k.crossEntropyPullback(z̄, L̄, softmax, classes, n)),
      noCotangent,
    ];
  },

  // L = Σ (p − y)² / divisor;  p̄ = L̄ 2(p − y) / divisor
  mse: (o, p, y, divisor) => [
    o.written(SCALAR, (k, loss) => k.mse(loss, p, y, divisor)),
    (L̄) => o.written(p, (k, p̄) => k.msePullback(p̄, L̄, p, y, divisor)),
    noCotangent,
  ],
};

/** A loss gives no cotangent to its targets: they are constants. */
const noCotangent: Pullback<Matrix> = () => {
  throw new TypeError('a loss is not differentiated with respect to its targets');
};
