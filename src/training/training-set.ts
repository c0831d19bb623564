import type { Batch } from '../model/batch.ts';
import { type Matrix, matrixOf, matrixView } from '../numeric/matrix.ts';
import type { Tensor } from '../numeric/tensor.ts';

/** [N, k]: a matrix, a tensor of that shape, or N arrays of k numbers. */
export type Rows = Matrix | Tensor | readonly ArrayLike<number>[];

/** A set to train with, or to judge by. */
export interface TrainingSet {
  /** [N, inputs]. */
  readonly inputs: Rows;
  /** [N, outputs], or [N, 1] for cross_entropy; labels may be flat, [N], and are read as [N, 1]. */
  readonly targets: Rows | ArrayLike<number>;
}

/**
 * The set as matrices: views of matrices, tensors and typed arrays, copies of arrays. What the model
 * expects is not looked at; `what` names the set in errors. Throws for anything else, a pair too.
 */
export function asBatch(what: string, set: TrainingSet): Batch {
  const given: unknown = set; // from JavaScript, it may be anything
  if (!isObject(given) || isList(given) || !('inputs' in given && 'targets' in given)) {
    throw new TypeError(`${what}: got ${kindOf(given)}, expected { inputs, targets }`);
  }
  return {
    inputs: asRows(`${what} inputs`, given.inputs),
    targets: asRows(`${what} targets`, flatAsColumn(`${what} targets`, given.targets)),
  };
}

/** [N, k] as a matrix: a view, or a copy of arrays. Throws for anything else. */
export function asRows(what: string, given: unknown): Matrix {
  if (isMatrix(given)) return given;
  if (isTensor(given) && given.shape.length === 2) {
    return matrixView(given.shape[0]!, given.shape[1]!, given.values);
  }
  if (Array.isArray(given) && given.every(isList)) {
    return matrixOf(given.map((row, i) => numbers(`${what}[${i}]`, row)));
  }
  throw new TypeError(
    `${what}: got ${kindOf(given)}, expected a matrix, a tensor [N, k] or N arrays of k numbers`,
  );
}

/** Labels [N] as [N, 1]; what is no flat list stays as it is. */
function flatAsColumn(what: string, given: unknown): unknown {
  if (isTensor(given) && given.shape.length === 1) {
    return matrixView(given.shape[0]!, 1, given.values);
  }
  if (isFloats(given)) return matrixView(given.length, 1, given);
  if (!isList(given) || Array.from(given).some(isList)) return given;
  return matrixView(given.length, 1, Float64Array.from(numbers(what, given)));
}

/** The list itself: typed arrays would make 0 of null, and 1 of true. */
function numbers(what: string, list: ArrayLike<unknown>): ArrayLike<number> {
  const at = Array.from(list).findIndex((value) => typeof value !== 'number');
  if (at < 0) return list as ArrayLike<number>; // each was looked at
  throw new TypeError(`${what}[${at}]: got ${kindOf(list[at])}, expected a number`);
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

const isFloats = (value: unknown): value is Float64Array | Float32Array =>
  value instanceof Float64Array || value instanceof Float32Array;

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

const isMatrix = (value: unknown): value is Matrix =>
  isObject(value) && 'rows' in value && 'cols' in value && isFloats(value.data);

const isTensor = (value: unknown): value is Tensor =>
  isObject(value) && Array.isArray(value.shape) && isFloats(value.values);

/** `an array of 3`, `{ x, y }`, `"text"`: short, whatever was given. */
function kindOf(value: unknown): string {
  if (isTensor(value)) return `a tensor [${value.shape}]`;
  if (isList(value)) return `an array of ${value.length}`;
  if (isObject(value)) return `{ ${Object.keys(value).slice(0, 6).join(', ')} }`;
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
