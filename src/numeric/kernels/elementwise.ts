import { LOG_FLOOR } from '../log-floor.ts';
import { assertShape, type Matrix, shapeText } from '../matrix.ts';

/** One step along each axis of an operand; 0 where it stretches. */
const rowStep = (m: Matrix): number => (m.rows === 1 ? 0 : m.cols);
const colStep = (m: Matrix): number => (m.cols === 1 ? 0 : 1);

function assertBroadcasts(what: string, into: Matrix, a: Matrix, b: Matrix): void {
  const fits = (m: Matrix): boolean =>
    (m.rows === into.rows || m.rows === 1) && (m.cols === into.cols || m.cols === 1);
  const tight = into.rows === Math.max(a.rows, b.rows) && into.cols === Math.max(a.cols, b.cols);
  if (!fits(a) || !fits(b) || !tight) {
    throw new RangeError(
      `${what}: ${shapeText(a)} and ${shapeText(b)} do not broadcast to ${shapeText(into)}`,
    );
  }
}

/** into = a + b */
export function add(into: Matrix, a: Matrix, b: Matrix): void {
  assertBroadcasts('add', into, a, b);
  const { rows, cols, data: c } = into;
  const { data: x } = a;
  const { data: y } = b;
  const [xr, xc, yr, yc] = [rowStep(a), colStep(a), rowStep(b), colStep(b)];
  for (let i = 0, r = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, r++) c[r] = x[i * xr + j * xc]! + y[i * yr + j * yc]!;
  }
}

/** into = a − b */
export function subtract(into: Matrix, a: Matrix, b: Matrix): void {
  assertBroadcasts('subtract', into, a, b);
  const { rows, cols, data: c } = into;
  const { data: x } = a;
  const { data: y } = b;
  const [xr, xc, yr, yc] = [rowStep(a), colStep(a), rowStep(b), colStep(b)];
  for (let i = 0, r = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, r++) c[r] = x[i * xr + j * xc]! - y[i * yr + j * yc]!;
  }
}

/** into = a ⊙ b */
export function hadamard(into: Matrix, a: Matrix, b: Matrix): void {
  assertBroadcasts('hadamard', into, a, b);
  const { rows, cols, data: c } = into;
  const { data: x } = a;
  const { data: y } = b;
  const [xr, xc, yr, yc] = [rowStep(a), colStep(a), rowStep(b), colStep(b)];
  for (let i = 0, r = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, r++) c[r] = x[i * xr + j * xc]! * y[i * yr + j * yc]!;
  }
}

/** into = a ⊘ b */
export function divide(into: Matrix, a: Matrix, b: Matrix): void {
  assertBroadcasts('divide', into, a, b);
  const { rows, cols, data: c } = into;
  const { data: x } = a;
  const { data: y } = b;
  const [xr, xc, yr, yc] = [rowStep(a), colStep(a), rowStep(b), colStep(b)];
  for (let i = 0, r = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, r++) c[r] = x[i * xr + j * xc]! / y[i * yr + j * yc]!;
  }
}

export function copy(into: Matrix, a: Matrix): void {
  assertShape('copy', into, a.rows, a.cols);
  into.data.set(a.data);
}

export function negate(into: Matrix, a: Matrix): void {
  assertShape('negate', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = -x[i]!;
}

/** into = 1 − a */
export function complement(into: Matrix, a: Matrix): void {
  assertShape('complement', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = 1 - x[i]!;
}

/** into = 1 / a */
export function reciprocal(into: Matrix, a: Matrix): void {
  assertShape('reciprocal', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = 1 / x[i]!;
}

export function log(into: Matrix, a: Matrix): void {
  assertShape('log', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = Math.log(x[i]!);
}

export function log1p(into: Matrix, a: Matrix): void {
  assertShape('log1p', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = Math.log1p(x[i]!);
}

export function sqrt(into: Matrix, a: Matrix): void {
  assertShape('sqrt', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = Math.sqrt(x[i]!);
}

export function square(into: Matrix, a: Matrix): void {
  assertShape('square', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! * x[i]!;
}

export function abs(into: Matrix, a: Matrix): void {
  assertShape('abs', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = Math.abs(x[i]!);
}

/** into = 1 where a > 0, else 0 */
export function step(into: Matrix, a: Matrix): void {
  assertShape('step', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! > 0 ? 1 : 0;
}

/** into = factor · a */
export function scale(into: Matrix, a: Matrix, factor: number): void {
  assertShape('scale', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = factor * x[i]!;
}

/** into = a + addend */
export function shift(into: Matrix, a: Matrix, addend: number): void {
  assertShape('shift', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = x[i]! + addend;
}

/** into = a where condition > 0, else b: chosen, not multiplied, so an infinity on the other side is harmless. */
export function select(into: Matrix, condition: Matrix, a: Matrix, b: Matrix): void {
  assertShape('select', condition, into.rows, into.cols);
  assertShape('select', a, into.rows, into.cols);
  assertShape('select', b, into.rows, into.cols);
  const { data: c } = into;
  const { data: s } = condition;
  const { data: x } = a;
  const { data: y } = b;
  for (let i = 0; i < c.length; i++) c[i] = s[i]! > 0 ? x[i]! : y[i]!;
}

export function fill(into: Matrix, value: number): void {
  into.data.fill(value);
}

export function clampedLog(into: Matrix, a: Matrix): void {
  assertShape('clampedLog', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) {
    const value = Math.log(x[i]!);
    c[i] = value < LOG_FLOOR ? LOG_FLOOR : value;
  }
}

export function clampedLogSlope(into: Matrix, a: Matrix): void {
  assertShape('clampedLogSlope', into, a.rows, a.cols);
  const { data: c } = into;
  const { data: x } = a;
  for (let i = 0; i < c.length; i++) c[i] = Math.log(x[i]!) > LOG_FLOOR ? 1 / x[i]! : 0;
}

export function transpose(into: Matrix, a: Matrix): void {
  assertShape('transpose', into, a.cols, a.rows);
  const { rows, cols, data: x } = a;
  const { data: c } = into;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) c[j * rows + i] = x[i * cols + j]!;
  }
}
