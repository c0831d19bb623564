import { type Dtype, dtypeOf, type FloatArray, floatArray } from './dtype.ts';

/** A dense row-major matrix; `data` may be a view into a larger array. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: FloatArray;
}

/** A new matrix of zeros. Throws for extents that are no whole numbers. */
export function zeros(rows: number, cols: number, dtype: Dtype = 'float64'): Matrix {
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 0 || cols < 0) {
    throw new RangeError(`matrix ${rows}×${cols}: expected whole numbers`);
  }
  return { rows, cols, data: floatArray(dtype, rows * cols) };
}

/** `data` read as rows × cols: a view, nothing is copied. */
export function matrixView(rows: number, cols: number, data: FloatArray): Matrix {
  if (data.length !== rows * cols) {
    throw new RangeError(
      `matrix ${rows}×${cols}: got ${data.length} values, expected ${rows * cols}`,
    );
  }
  return { rows, cols, data };
}

/** A new matrix from nested arrays: one array a row, all of one length. */
export function matrixOf(rows: readonly ArrayLike<number>[], dtype: Dtype = 'float64'): Matrix {
  const cols = rows[0]?.length ?? 0;
  const into = zeros(rows.length, cols, dtype);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new RangeError(`matrix row ${i}: got ${row.length} values, expected ${cols}`);
    }
    into.data.set(row, i * cols);
  });
  return into;
}

/** A copy in the given precision (its own by default). */
export function copyMatrix(m: Matrix, dtype: Dtype = dtypeOf(m.data)): Matrix {
  const into = zeros(m.rows, m.cols, dtype);
  into.data.set(m.data);
  return into;
}

export const shapeText = (m: { readonly rows: number; readonly cols: number }): string =>
  `${m.rows}×${m.cols}`;

/** Throws unless `m` is rows × cols; `what` names it in the message. */
export function assertShape(what: string, m: Matrix, rows: number, cols: number): void {
  if (m.rows !== rows || m.cols !== cols) {
    throw new RangeError(`${what}: got shape ${shapeText(m)}, expected ${rows}×${cols}`);
  }
}
