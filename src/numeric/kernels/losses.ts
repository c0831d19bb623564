import { LOG_FLOOR } from '../log-floor.ts';
import { assertShape, type Matrix } from '../matrix.ts';
import { assertClasses } from './reductions.ts';

type Scalar = (x: number) => number;
type LossKernel = (loss: Matrix, kept: Matrix, z: Matrix, y: Matrix, divisor: number) => void;

/** What the floor of the logarithms is to their negatives. */
const CEILING = -LOG_FLOOR;

/** The losses that exponentiate, over the given functions; `log1p` is called on [0, 1] only. */
export function exponentialLosses(
  exp: Scalar,
  log1p: Scalar,
): { sigmoidBce: LossKernel; bceWithLogits: LossKernel; crossEntropy: LossKernel } {
  return {
    // −ln σ(z) = softplus(−z) and −ln(1 − σ(z)) = softplus(z), each with ceiling 100;
    // softplus(±z) = max(±z, 0) + ln(1 + e^−|z|).
    sigmoidBce: (loss, p, z, y, divisor) => {
      assertSame('sigmoidBce', p, z, y);
      const { data: a } = p;
      const { data: x } = z;
      const { data: t } = y;
      let sum = 0;
      for (let i = 0; i < x.length; i++) {
        const v = x[i]!;
        const e = exp(v > 0 ? -v : v);
        const l = log1p(e);
        const inverse = 1 / (1 + e);
        a[i] = v > 0 ? inverse : e * inverse;
        const whenOne = v > 0 ? l : l - v;
        const whenZero = v > 0 ? l + v : l;
        sum +=
          t[i]! * (whenOne > CEILING ? CEILING : whenOne) +
          (1 - t[i]!) * (whenZero > CEILING ? CEILING : whenZero);
      }
      loss.data[0] = sum / divisor;
    },
    bceWithLogits: (loss, p, z, y, divisor) => {
      assertSame('bceWithLogits', p, z, y);
      const { data: a } = p;
      const { data: x } = z;
      const { data: t } = y;
      let sum = 0;
      for (let i = 0; i < x.length; i++) {
        const v = x[i]!;
        const e = exp(v > 0 ? -v : v);
        const inverse = 1 / (1 + e);
        a[i] = v > 0 ? inverse : e * inverse;
        // max(v, 0) − v t with t in [0, 1]: the two products never cancel.
        sum += (v > 0 ? v * (1 - t[i]!) : -v * t[i]!) + log1p(e);
      }
      loss.data[0] = sum / divisor;
    },
    // With the row maximum taken out first: no overflow, and one exponential is exactly 1.
    crossEntropy: (loss, softmax, z, classes, divisor) => {
      assertShape('crossEntropy', softmax, z.rows, z.cols);
      assertShape('crossEntropy classes', classes, z.rows, 1);
      const { rows, cols, data: x } = z;
      const { data: s } = softmax;
      const { data: k } = classes;
      assertClasses('crossEntropy', classes, cols);
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const from = i * cols;
        let largest = x[from]!;
        for (let j = 1; j < cols; j++) if (x[from + j]! > largest) largest = x[from + j]!;
        let total = 0;
        for (let j = 0; j < cols; j++) {
          const e = exp(x[from + j]! - largest);
          s[from + j] = e;
          total += e;
        }
        for (let j = 0; j < cols; j++) s[from + j] = s[from + j]! / total;
        sum += Math.log(total) - (x[from + k[i]!]! - largest);
      }
      loss.data[0] = sum / divisor;
    },
  };
}

/** (p − y) · upstream / divisor; a clamped logarithm's share, constant, is left out. */
export function sigmoidBcePullback(
  into: Matrix,
  upstream: Matrix,
  p: Matrix,
  z: Matrix,
  y: Matrix,
  divisor: number,
): void {
  assertSame('sigmoidBcePullback', into, p, y);
  const { data: c } = into;
  const { data: a } = p;
  const { data: x } = z;
  const { data: t } = y;
  const scale = upstream.data[0]! / divisor;
  for (let i = 0; i < c.length; i++) {
    const v = x[i]!;
    // softplus(|z|) > 100 exactly where |z| ≥ 100: e^−100 is lost against 100.
    if (v >= CEILING) c[i] = scale * (t[i]! * (a[i]! - 1));
    else if (v <= -CEILING) c[i] = scale * ((1 - t[i]!) * a[i]!);
    else c[i] = scale * (a[i]! - t[i]!);
  }
}

/** (σ(z) − y) · upstream / divisor */
export function bceWithLogitsPullback(
  into: Matrix,
  upstream: Matrix,
  p: Matrix,
  y: Matrix,
  divisor: number,
): void {
  assertSame('bceWithLogitsPullback', into, p, y);
  const { data: c } = into;
  const { data: a } = p;
  const { data: t } = y;
  const scale = upstream.data[0]! / divisor;
  for (let i = 0; i < c.length; i++) c[i] = scale * (a[i]! - t[i]!);
}

/** (softmax − one-hot) · upstream / divisor */
export function crossEntropyPullback(
  into: Matrix,
  upstream: Matrix,
  softmax: Matrix,
  classes: Matrix,
  divisor: number,
): void {
  assertShape('crossEntropyPullback', into, softmax.rows, softmax.cols);
  assertShape('crossEntropyPullback classes', classes, softmax.rows, 1);
  const { rows, cols, data: c } = into;
  const { data: s } = softmax;
  const { data: k } = classes;
  const scale = upstream.data[0]! / divisor;
  for (let i = 0; i < c.length; i++) c[i] = scale * s[i]!;
  for (let i = 0; i < rows; i++) {
    const r = i * cols + k[i]!;
    c[r] = scale * (s[r]! - 1);
  }
}

/** −Σ (y ln p + (1 − y) ln(1 − p)) / divisor, each logarithm clamped at −100 */
export function bce(loss: Matrix, p: Matrix, y: Matrix, divisor: number): void {
  assertShape('bce', y, p.rows, p.cols);
  const { data: a } = p;
  const { data: t } = y;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const whenOne = Math.max(Math.log(a[i]!), -CEILING);
    const whenZero = Math.max(Math.log(1 - a[i]!), -CEILING);
    sum -= t[i]! * whenOne + (1 - t[i]!) * whenZero;
  }
  loss.data[0] = sum / divisor;
}

/** ((1 − y)/(1 − p) − y/p) · upstream / divisor, a clamped logarithm's share left out */
export function bcePullback(
  into: Matrix,
  upstream: Matrix,
  p: Matrix,
  y: Matrix,
  divisor: number,
): void {
  assertSame('bcePullback', into, p, y);
  const { data: c } = into;
  const { data: a } = p;
  const { data: t } = y;
  const scale = upstream.data[0]! / divisor;
  for (let i = 0; i < c.length; i++) {
    const whenOne = Math.log(a[i]!) > -CEILING ? t[i]! / a[i]! : 0;
    const whenZero = Math.log(1 - a[i]!) > -CEILING ? (1 - t[i]!) / (1 - a[i]!) : 0;
    c[i] = scale * (whenZero - whenOne);
  }
}

/** Σ (p − y)² / divisor */
export function mse(loss: Matrix, p: Matrix, y: Matrix, divisor: number): void {
  assertShape('mse', y, p.rows, p.cols);
  const { data: a } = p;
  const { data: t } = y;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - t[i]!;
    sum += difference * difference;
  }
  loss.data[0] = sum / divisor;
}

/** 2 (p − y) · upstream / divisor */
export function msePullback(
  into: Matrix,
  upstream: Matrix,
  p: Matrix,
  y: Matrix,
  divisor: number,
): void {
  assertSame('msePullback', into, p, y);
  const { data: c } = into;
  const { data: a } = p;
  const { data: t } = y;
  const scale = (2 * upstream.data[0]!) / divisor;
  for (let i = 0; i < c.length; i++) c[i] = scale * (a[i]! - t[i]!);
}

function assertSame(what: string, a: Matrix, b: Matrix, c: Matrix): void {
  assertShape(what, b, a.rows, a.cols);
  assertShape(what, c, a.rows, a.cols);
}
