import { assertShape, type Matrix, shapeText } from '../matrix.ts';

/** Sums `a` over the axes in which `into` has extent 1; rows are added in order. */
export function sumTo(into: Matrix, a: Matrix): void {
  const { rows, cols, data: x } = a;
  assertStretches('sumTo', into, a);
  const { data: c } = into;
  c.fill(0);
  if (into.cols === 1) {
    for (let i = 0; i < rows; i++) {
      let sum = into.rows === 1 ? c[0]! : 0;
      for (let j = 0; j < cols; j++) sum += x[i * cols + j]!;
      c[into.rows === 1 ? 0 : i] = sum;
    }
    return;
  }
  const step = into.rows === 1 ? 0 : cols;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) c[i * step + j]! += x[i * cols + j]!;
  }
}

/** Repeats `a` along the axes in which it has extent 1. */
export function broadcastTo(into: Matrix, a: Matrix): void {
  assertStretches('broadcastTo', a, into);
  const { rows, cols, data: c } = into;
  const { data: x } = a;
  const rowStep = a.rows === 1 ? 0 : a.cols;
  const colStep = a.cols === 1 ? 0 : 1;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) c[i * cols + j] = x[i * rowStep + j * colStep]!;
  }
}

export function rowMax(into: Matrix, a: Matrix): void {
  assertShape('rowMax', into, a.rows, 1);
  const { rows, cols, data: x } = a;
  const { data: c } = into;
  for (let i = 0; i < rows; i++) {
    let largest = x[i * cols]!;
    for (let j = 1; j < cols; j++) if (x[i * cols + j]! > largest) largest = x[i * cols + j]!;
    c[i] = largest;
  }
}

export function oneHot(into: Matrix, classes: Matrix): void {
  assertShape('oneHot classes', classes, into.rows, 1);
  const { rows, cols, data: c } = into;
  assertClasses('oneHot', classes, cols);
  c.fill(0);
  for (let i = 0; i < rows; i++) c[i * cols + classes.data[i]!] = 1;
}

/** A label outside would read or write another row. */
export function assertClasses(what: string, { data }: Matrix, count: number): void {
  for (let i = 0; i < data.length; i++) {
    const label = data[i]!;
    if (!(label >= 0 && label < count && label === Math.floor(label))) {
      throw new RangeError(`${what} row ${i}: got class ${label}, expected 0 to ${count - 1}`);
    }
  }
}

function assertStretches(what: string, small: Matrix, large: Matrix): void {
  const fits = (s: number, l: number): boolean => s === l || s === 1;
  if (!fits(small.rows, large.rows) || !fits(small.cols, large.cols)) {
    throw new RangeError(`${what}: ${shapeText(small)} does not stretch to ${shapeText(large)}`);
  }
}
