import type { Dtype } from './dtype.ts';
import { type Matrix, shapeText, zeros } from './matrix.ts';

/** Where every tensor of a method comes from, so that one day they can live in WebAssembly memory. */
export interface Allocator {
  readonly dtype: Dtype;
  /** A matrix of unspecified contents. */
  matrix(rows: number, cols: number): Matrix;
}

/** Fresh memory each time. */
export const heap = (dtype: Dtype = 'float64'): Allocator => ({
  dtype,
  matrix: (rows, cols) => zeros(rows, cols, dtype),
});

export interface Pool extends Allocator {
  /** From here on the same sequence of requests gets the same matrices again. */
  reset(): void;
}

/**
 * Memory for work that asks for the same shapes in the same order every time, as a training step
 * does: after the first pass nothing is allocated. Matrices are valid until the next `reset`.
 */
export function pool(dtype: Dtype = 'float64'): Pool {
  const matrices: Matrix[] = [];
  let next = 0;
  return {
    dtype,
    reset: () => {
      next = 0;
    },
    matrix: (rows, cols) => {
      const index = next++;
      const known = matrices[index];
      if (known && known.rows === rows && known.cols === cols) return known;
      if (known) {
        throw new RangeError(
          `pool request ${index}: got ${rows}×${cols}, expected ${shapeText(known)} as before`,
        );
      }
      const fresh = zeros(rows, cols, dtype);
      matrices.push(fresh);
      return fresh;
    },
  };
}
