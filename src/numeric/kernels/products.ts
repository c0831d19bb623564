import type { FloatArray } from '../dtype.ts';
import { assertShape, type Matrix, shapeText } from '../matrix.ts';

/** c[m×n] = A · B + start, all row-major, A and B read through their strides. */
type Product = (
  c: FloatArray,
  m: number,
  n: number,
  k: number,
  a: FloatArray,
  aRow: number,
  aCol: number,
  b: FloatArray,
  bRow: number,
  bCol: number,
  /** Added to every row of the result before the products; null: zeros. */
  start: FloatArray | null,
) => void;

/** The four products of the interface over one strided loop: a transpose is a swap of strides. */
export const productKernels = (
  product: Product,
): {
  multiply: (c: Matrix, a: Matrix, b: Matrix) => void;
  multiplyNT: (c: Matrix, a: Matrix, b: Matrix) => void;
  multiplyTN: (c: Matrix, a: Matrix, b: Matrix) => void;
  linear: (y: Matrix, x: Matrix, w: Matrix, bias: Matrix) => void;
} => ({
  multiply: (c, a, b) => {
    assertInner('multiply', a, b, a.cols, b.rows);
    assertShape('multiply', c, a.rows, b.cols);
    product(c.data, a.rows, b.cols, a.cols, a.data, a.cols, 1, b.data, b.cols, 1, null);
  },
  multiplyNT: (c, a, b) => {
    assertInner('multiplyNT', a, b, a.cols, b.cols);
    assertShape('multiplyNT', c, a.rows, b.rows);
    product(c.data, a.rows, b.rows, a.cols, a.data, a.cols, 1, b.data, 1, b.cols, null);
  },
  multiplyTN: (c, a, b) => {
    assertInner('multiplyTN', a, b, a.rows, b.rows);
    assertShape('multiplyTN', c, a.cols, b.cols);
    product(c.data, a.cols, b.cols, a.rows, a.data, 1, a.cols, b.data, b.cols, 1, null);
  },
  linear: (y, x, w, bias) => {
    assertInner('linear', x, w, x.cols, w.cols);
    assertShape('linear bias', bias, 1, w.rows);
    assertShape('linear', y, x.rows, w.rows);
    product(y.data, x.rows, w.rows, x.cols, x.data, x.cols, 1, w.data, 1, w.cols, bias.data);
  },
});

function assertInner(what: string, a: Matrix, b: Matrix, left: number, right: number): void {
  if (left !== right) {
    throw new RangeError(`${what}: ${shapeText(a)} and ${shapeText(b)} do not fit`);
  }
}

/** The definition: one dot product an entry, k ascending. */
export const naiveProduct: Product = (c, m, n, k, a, aRow, aCol, b, bRow, bCol, start) => {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = start === null ? 0 : start[j]!;
      for (let p = 0; p < k; p++) sum += a[i * aRow + p * aCol]! * b[p * bRow + j * bCol]!;
      c[i * n + j] = sum;
    }
  }
};

/**
 * The same sums in the same order, so the same bits, in tiles of 2 × 4 results: eight accumulators
 * stay in registers, and each pass over k loads six numbers for eight products instead of sixteen.
 * More accumulators spill; unrolling k makes V8 spill too. Columns go outermost, so that the four
 * columns of B in use stay in the first-level cache while A streams by.
 */
export const tiledProduct: Product = (c, m, n, k, a, aRow, aCol, b, bRow, bCol, start) => {
  const tiledRows = m & ~1;
  const tiledCols = n & ~3;
  for (let j = 0; j < tiledCols; j += 4) {
    const b0 = j * bCol;
    const s0 = start === null ? 0 : start[j]!;
    const s1 = start === null ? 0 : start[j + 1]!;
    const s2 = start === null ? 0 : start[j + 2]!;
    const s3 = start === null ? 0 : start[j + 3]!;
    for (let i = 0; i < tiledRows; i += 2) {
      let p0 = i * aRow;
      let p1 = p0 + aRow;
      let q0 = b0;
      let q1 = q0 + bCol;
      let q2 = q1 + bCol;
      let q3 = q2 + bCol;
      let c00 = s0;
      let c01 = s1;
      let c02 = s2;
      let c03 = s3;
      let c10 = s0;
      let c11 = s1;
      let c12 = s2;
      let c13 = s3;
      for (let p = 0; p < k; p++) {
        const a0 = a[p0]!;
        const a1 = a[p1]!;
        const v0 = b[q0]!;
        const v1 = b[q1]!;
        const v2 = b[q2]!;
        const v3 = b[q3]!;
        c00 += a0 * v0;
        c01 += a0 * v1;
        c02 += a0 * v2;
        c03 += a0 * v3;
        c10 += a1 * v0;
        c11 += a1 * v1;
        c12 += a1 * v2;
        c13 += a1 * v3;
        p0 += aCol;
        p1 += aCol;
        q0 += bRow;
        q1 += bRow;
        q2 += bRow;
        q3 += bRow;
      }
      const r0 = i * n + j;
      const r1 = r0 + n;
      c[r0] = c00;
      c[r0 + 1] = c01;
      c[r0 + 2] = c02;
      c[r0 + 3] = c03;
      c[r1] = c10;
      c[r1 + 1] = c11;
      c[r1 + 2] = c12;
      c[r1 + 3] = c13;
    }
  }
  // What the tiles leave: the last columns in full, then the last row of the tiled columns.
  singles(c, 0, m, tiledCols, n, k, a, aRow, aCol, b, bRow, bCol, start);
  singles(c, tiledRows, m, 0, tiledCols, k, a, aRow, aCol, b, bRow, bCol, start, n);
};

/** Results one column at a time, four rows together, for rows from … m and columns left … right. */
function singles(
  c: FloatArray,
  from: number,
  m: number,
  left: number,
  right: number,
  k: number,
  a: FloatArray,
  aRow: number,
  aCol: number,
  b: FloatArray,
  bRow: number,
  bCol: number,
  start: FloatArray | null,
  n: number = right,
): void {
  for (let j = left; j < right; j++) {
    const s = start === null ? 0 : start[j]!;
    let i = from;
    for (; i + 3 < m; i += 4) {
      let p0 = i * aRow;
      let p1 = p0 + aRow;
      let p2 = p1 + aRow;
      let p3 = p2 + aRow;
      let q = j * bCol;
      let c0 = s;
      let c1 = s;
      let c2 = s;
      let c3 = s;
      for (let p = 0; p < k; p++) {
        const v = b[q]!;
        c0 += a[p0]! * v;
        c1 += a[p1]! * v;
        c2 += a[p2]! * v;
        c3 += a[p3]! * v;
        p0 += aCol;
        p1 += aCol;
        p2 += aCol;
        p3 += aCol;
        q += bRow;
      }
      const r = i * n + j;
      c[r] = c0;
      c[r + n] = c1;
      c[r + 2 * n] = c2;
      c[r + 3 * n] = c3;
    }
    for (; i < m; i++) {
      let p0 = i * aRow;
      let q = j * bCol;
      let sum = s;
      for (let p = 0; p < k; p++) {
        sum += a[p0]! * b[q]!;
        p0 += aCol;
        q += bRow;
      }
      c[i * n + j] = sum;
    }
  }
}
