import { assertShape, type Matrix } from '../matrix.ts';

type Scalar = (x: number) => number;

/** The kernels that need an exponential function, over the given one. */
export function exponentials(
  exp: Scalar,
  expm1: Scalar,
): {
  exp: (into: Matrix, a: Matrix) => void;
  expm1: (into: Matrix, a: Matrix) => void;
  sigmoid: (into: Matrix, x: Matrix) => void;
  tanh: (into: Matrix, x: Matrix) => void;
  elu: (into: Matrix, x: Matrix, alpha: number) => void;
} {
  return {
    exp: (into, a) => {
      assertShape('exp', into, a.rows, a.cols);
      const { data: c } = into;
      const { data: x } = a;
      for (let i = 0; i < c.length; i++) c[i] = exp(x[i]!);
    },
    expm1: (into, a) => {
      assertShape('expm1', into, a.rows, a.cols);
      const { data: c } = into;
      const { data: x } = a;
      for (let i = 0; i < c.length; i++) c[i] = expm1(x[i]!);
    },
    // An overflowing e⁻ˣ gives 1/∞ = 0, which is right to the last bit.
    sigmoid: (into, a) => {
      assertShape('sigmoid', into, a.rows, a.cols);
      const { data: c } = into;
      const { data: x } = a;
      for (let i = 0; i < c.length; i++) c[i] = 1 / (1 + exp(-x[i]!));
    },
    // With m = e^(−2|x|) − 1: tanh |x| = −m / (2 + m), accurate at 0 and without overflow.
    tanh: (into, a) => {
      assertShape('tanh', into, a.rows, a.cols);
      const { data: c } = into;
      const { data: x } = a;
      for (let i = 0; i < c.length; i++) {
        const value = x[i]!;
        const m = expm1(-2 * Math.abs(value));
        const t = -m / (2 + m);
        c[i] = value < 0 ? -t : t;
      }
    },
    elu: (into, a, alpha) => {
      assertShape('elu', into, a.rows, a.cols);
      const { data: c } = into;
      const { data: x } = a;
      for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? x[i]! : alpha * expm1(x[i]!);
    },
  };
}

/** dY ⊙ y(1 − y) */
export function sigmoidPullback(into: Matrix, dy: Matrix, y: Matrix): void {
  assertSame('sigmoidPullback', into, dy, y);
  const { data: c } = into;
  const { data: d } = dy;
  const { data: v } = y;
  for (let i = 0; i < c.length; i++) c[i] = d[i]! * (v[i]! * (1 - v[i]!));
}

/**
 * dY ⊙ (1 − y)(1 + y): both factors are exact to a rounding, where 1 − y² rounds y² first. What the
 * rounding of y itself costs near ±1, neither form brings back.
 */
export function tanhPullback(into: Matrix, dy: Matrix, y: Matrix): void {
  assertSame('tanhPullback', into, dy, y);
  const { data: c } = into;
  const { data: d } = dy;
  const { data: v } = y;
  for (let i = 0; i < c.length; i++) c[i] = d[i]! * ((1 - v[i]!) * (1 + v[i]!));
}

export function relu(into: Matrix, a: Matrix): void {
  assertShape('relu', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  // Not Math.max: a NaN must stay one, and −0 become 0.
  for (let i = 0; i < c.length; i++) c[i] = x[i]! <= 0 ? 0 : x[i]!;
}

export function reluPullback(into: Matrix, dy: Matrix, a: Matrix): void {
  assertSame('reluPullback', into, dy, a);
  const { data: c } = into;
  const { data: d } = dy;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? d[i]! : 0;
}

export function leakyRelu(into: Matrix, a: Matrix, slope: number): void {
  assertShape('leakyRelu', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? x[i]! : slope * x[i]!;
}

export function leakyReluPullback(into: Matrix, dy: Matrix, a: Matrix, slope: number): void {
  assertSame('leakyReluPullback', into, dy, a);
  const { data: c } = into;
  const { data: d } = dy;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? d[i]! : slope * d[i]!;
}

/** Where x ≤ 0 the slope alpha eˣ is y + alpha, since y = alpha (eˣ − 1). */
export function eluPullback(into: Matrix, dy: Matrix, a: Matrix, y: Matrix, alpha: number): void {
  assertSame('eluPullback', into, dy, a);
  assertShape('eluPullback', y, a.rows, a.cols);
  const { data: c } = into;
  const { data: d } = dy;
  const { data: x } = a;
  const { data: v } = y;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? d[i]! : d[i]! * (v[i]! + alpha);
}

function assertSame(what: string, into: Matrix, a: Matrix, b: Matrix): void {
  assertShape(what, a, into.rows, into.cols);
  assertShape(what, b, into.rows, into.cols);
}
