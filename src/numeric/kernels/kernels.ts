import type { Matrix } from '../matrix.ts';

/** Writes `into` from one operand of the same shape. */
type Unary = (into: Matrix, a: Matrix) => void;
/** Writes `into` from two operands that broadcast to its shape (extents of 1 stretch). */
type Binary = (into: Matrix, a: Matrix, b: Matrix) => void;

/**
 * Every loop over numbers that the manual and the tape methods use. The destination comes first,
 * is overwritten, and shares memory with no operand. Shapes are checked, values are not.
 * `reference` and `fast` implement it; WebAssembly may join.
 */
export interface Kernels {
  // Products
  /** C[m×n] = A[m×k] · B[k×n] */
  readonly multiply: Binary;
  /** C[m×n] = A[m×k] · B[n×k]ᵀ */
  readonly multiplyNT: Binary;
  /** C[m×n] = A[k×m]ᵀ · B[k×n] */
  readonly multiplyTN: Binary;
  /** Y[m×n] = X[m×k] · W[n×k]ᵀ + 1 b[1×n]; each sum starts from the bias. */
  readonly linear: (y: Matrix, x: Matrix, w: Matrix, b: Matrix) => void;
  /** B[n×m] = A[m×n]ᵀ */
  readonly transpose: Unary;

  // Elementwise, one symbol of a formula each
  readonly add: Binary;
  readonly subtract: Binary;
  readonly hadamard: Binary;
  readonly divide: Binary;
  readonly copy: Unary;
  readonly negate: Unary;
  /** 1 − a */
  readonly complement: Unary;
  /** 1 / a */
  readonly reciprocal: Unary;
  readonly exp: Unary;
  readonly expm1: Unary;
  readonly log: Unary;
  /** ln(1 + a) */
  readonly log1p: Unary;
  readonly sqrt: Unary;
  readonly square: Unary;
  readonly abs: Unary;
  /** 1 where a > 0, else 0. */
  readonly step: Unary;
  /** into = factor · a */
  readonly scale: (into: Matrix, a: Matrix, factor: number) => void;
  /** into = a + addend */
  readonly shift: (into: Matrix, a: Matrix, addend: number) => void;
  /** into = where condition > 0 then a else b */
  readonly select: (into: Matrix, condition: Matrix, a: Matrix, b: Matrix) => void;
  readonly fill: (into: Matrix, value: number) => void;
  /** max(ln a, −100) */
  readonly clampedLog: Unary;
  /** The derivative of that: 1/a where ln a > −100, else 0. */
  readonly clampedLogSlope: Unary;

  // Reductions and their opposites; `into`'s extents of 1 say over what
  /** Sums over the axes in which `into` has extent 1. */
  readonly sumTo: Unary;
  /** Repeats `a` along the axes in which it has extent 1. */
  readonly broadcastTo: Unary;
  /** into[m×1] = the largest entry of each row of a[m×n] */
  readonly rowMax: Unary;
  /** into[m×n]: row i is 1 at column classes[i,0], else 0. */
  readonly oneHot: (into: Matrix, classes: Matrix) => void;

  // Activations, each in one pass, and their pullbacks: into = dY ⊙ φ′
  readonly sigmoid: Unary;
  /** from the output y: dY ⊙ y (1 − y) */
  readonly sigmoidPullback: (into: Matrix, dy: Matrix, y: Matrix) => void;
  readonly tanh: Unary;
  /** from the output y: dY ⊙ (1 − y)(1 + y) */
  readonly tanhPullback: (into: Matrix, dy: Matrix, y: Matrix) => void;
  readonly relu: Unary;
  /** from the input x */
  readonly reluPullback: (into: Matrix, dy: Matrix, x: Matrix) => void;
  readonly leakyRelu: (into: Matrix, x: Matrix, slope: number) => void;
  /** from the input x */
  readonly leakyReluPullback: (into: Matrix, dy: Matrix, x: Matrix, slope: number) => void;
  readonly elu: (into: Matrix, x: Matrix, alpha: number) => void;
  /** from input x and output y: where x ≤ 0 the slope alpha eˣ is y + alpha */
  readonly eluPullback: (into: Matrix, dy: Matrix, x: Matrix, y: Matrix, alpha: number) => void;

  // Losses in one pass: loss[1×1] = Σ / divisor; pullbacks scale by upstream[1×1] / divisor
  /** Of probabilities p and targets y. */
  readonly bce: (loss: Matrix, p: Matrix, y: Matrix, divisor: number) => void;
  readonly bcePullback: (
    into: Matrix,
    upstream: Matrix,
    p: Matrix,
    y: Matrix,
    divisor: number,
  ) => void;
  /** p = σ(z), and bce of p computed from z, without the cancellation in 1 − p. */
  readonly sigmoidBce: (loss: Matrix, p: Matrix, z: Matrix, y: Matrix, divisor: number) => void;
  /** ∂/∂z of that: p − y, the clamped logarithms' share left out. */
  readonly sigmoidBcePullback: (
    into: Matrix,
    upstream: Matrix,
    p: Matrix,
    z: Matrix,
    y: Matrix,
    divisor: number,
  ) => void;
  /** Of logits z; keeps σ(z) in `p` for the pullback. */
  readonly bceWithLogits: (loss: Matrix, p: Matrix, z: Matrix, y: Matrix, divisor: number) => void;
  readonly bceWithLogitsPullback: (
    into: Matrix,
    upstream: Matrix,
    p: Matrix,
    y: Matrix,
    divisor: number,
  ) => void;
  /** Of logits z and class indices [m×1]; keeps the softmax for the pullback. */
  readonly crossEntropy: (
    loss: Matrix,
    softmax: Matrix,
    z: Matrix,
    classes: Matrix,
    divisor: number,
  ) => void;
  readonly crossEntropyPullback: (
    into: Matrix,
    upstream: Matrix,
    softmax: Matrix,
    classes: Matrix,
    divisor: number,
  ) => void;
  readonly mse: (loss: Matrix, p: Matrix, y: Matrix, divisor: number) => void;
  readonly msePullback: (
    into: Matrix,
    upstream: Matrix,
    p: Matrix,
    y: Matrix,
    divisor: number,
  ) => void;
}
