import type { Allocator } from '../../numeric/allocator.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import { type Matrix, shapeText } from '../../numeric/matrix.ts';

type UnaryName =
  | 'negate'
  | 'complement'
  | 'reciprocal'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'clampedLog'
  | 'clampedLogSlope'
  | 'sqrt'
  | 'square'
  | 'abs'
  | 'step'
  | 'sigmoid'
  | 'tanh'
  | 'relu';
type BinaryName = 'add' | 'subtract' | 'hadamard' | 'divide';
type Shape = { readonly rows: number; readonly cols: number };

/** The kernels as functions: each result is a matrix from the allocator, none is changed later. */
export interface Operations
  extends Record<UnaryName, (a: Matrix) => Matrix>,
    Record<BinaryName, (a: Matrix, b: Matrix) => Matrix> {
  multiply(a: Matrix, b: Matrix): Matrix;
  multiplyNT(a: Matrix, b: Matrix): Matrix;
  multiplyTN(a: Matrix, b: Matrix): Matrix;
  linear(x: Matrix, w: Matrix, b: Matrix): Matrix;
  transpose(a: Matrix): Matrix;
  scale(a: Matrix, factor: number): Matrix;
  shift(a: Matrix, addend: number): Matrix;
  select(condition: Matrix, a: Matrix, b: Matrix): Matrix;
  full(like: Shape, value: number): Matrix;
  rowMax(a: Matrix): Matrix;
  oneHot(classes: Matrix, columns: number): Matrix;
  /** `a` summed over the axes in which `like` has extent 1; `a` itself where the shapes are equal. */
  sumTo(a: Matrix, like: Shape): Matrix;
  /** `a` repeated to the shape of `like`; `a` itself where the shapes are equal. */
  broadcastTo(a: Matrix, like: Shape): Matrix;
  /** A new matrix of that shape, filled by `write`: for kernels with results or operands of their own. */
  written(like: Shape, write: (k: Kernels, result: Matrix) => void): Matrix;
}

export const SCALAR: Shape = { rows: 1, cols: 1 };

export function operations(k: Kernels, allocator: Allocator): Operations {
  const written = (like: Shape, write: (k: Kernels, result: Matrix) => void): Matrix => {
    const result = allocator.matrix(like.rows, like.cols);
    write(k, result);
    return result;
  };
  const sameShape = (a: Shape, b: Shape): boolean => a.rows === b.rows && a.cols === b.cols;
  const unary = (name: UnaryName) => (a: Matrix) => written(a, (_, c) => k[name](c, a));
  const binary = (name: BinaryName) => (a: Matrix, b: Matrix) =>
    written(broadcastShape(a, b), (_, c) => k[name](c, a, b));
  return {
    negate: unary('negate'),
    complement: unary('complement'),
    reciprocal: unary('reciprocal'),
    exp: unary('exp'),
    expm1: unary('expm1'),
    log: unary('log'),
    log1p: unary('log1p'),
    clampedLog: unary('clampedLog'),
    clampedLogSlope: unary('clampedLogSlope'),
    sqrt: unary('sqrt'),
    square: unary('square'),
    abs: unary('abs'),
    step: unary('step'),
    sigmoid: unary('sigmoid'),
    tanh: unary('tanh'),
    relu: unary('relu'),
    add: binary('add'),
    subtract: binary('subtract'),
    hadamard: binary('hadamard'),
    divide: binary('divide'),
    written,
    multiply: (a, b) => written({ rows: a.rows, cols: b.cols }, (_, c) => k.multiply(c, a, b)),
    multiplyNT: (a, b) => written({ rows: a.rows, cols: b.rows }, (_, c) => k.multiplyNT(c, a, b)),
    multiplyTN: (a, b) => written({ rows: a.cols, cols: b.cols }, (_, c) => k.multiplyTN(c, a, b)),
    linear: (x, w, b) => written({ rows: x.rows, cols: w.rows }, (_, c) => k.linear(c, x, w, b)),
    transpose: (a) => written({ rows: a.cols, cols: a.rows }, (_, c) => k.transpose(c, a)),
    scale: (a, factor) => written(a, (_, c) => k.scale(c, a, factor)),
    shift: (a, addend) => written(a, (_, c) => k.shift(c, a, addend)),
    select: (s, a, b) => written(s, (_, c) => k.select(c, s, a, b)),
    full: (like, value) => written(like, (_, c) => k.fill(c, value)),
    rowMax: (a) => written({ rows: a.rows, cols: 1 }, (_, c) => k.rowMax(c, a)),
    oneHot: (classes, cols) =>
      written({ rows: classes.rows, cols }, (_, c) => k.oneHot(c, classes)),
    sumTo: (a, like) => (sameShape(a, like) ? a : written(like, (_, c) => k.sumTo(c, a))),
    broadcastTo: (a, like) =>
      sameShape(a, like) ? a : written(like, (_, c) => k.broadcastTo(c, a)),
  };
}

/** The shape that two shapes broadcast to: extents are equal, or one of them is 1. */
function broadcastShape(a: Matrix, b: Matrix): Shape {
  const extent = (m: number, n: number): number => {
    if (m !== n && m !== 1 && n !== 1) {
      throw new RangeError(`${shapeText(a)} and ${shapeText(b)} do not broadcast`);
    }
    return Math.max(m, n);
  };
  return { rows: extent(a.rows, b.rows), cols: extent(a.cols, b.cols) };
}
