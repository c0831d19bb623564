import type { CourseMatrix } from './course-matrix.ts';

/**
 * The Matrix class of a programming course: immutable, every operation a method that allocates its
 * result. Neither slowed down nor tuned: what a careful student hands in.
 */
export class Matrix implements CourseMatrix<Matrix> {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;

  constructor(rows: number, cols: number, data: Float64Array = new Float64Array(rows * cols)) {
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  multiply(other: Matrix): Matrix {
    const { rows, cols: inner, data: a } = this;
    const { cols, data: b } = other;
    const result = new Matrix(rows, cols);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * cols + j]!;
        result.data[i * cols + j] = sum;
      }
    }
    return result;
  }

  transpose(): Matrix {
    const { rows, cols, data } = this;
    const result = new Matrix(cols, rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) result.data[j * rows + i] = data[i * cols + j]!;
    }
    return result;
  }

  add(other: Matrix): Matrix {
    return this.#zip(other, (a, b) => a + b);
  }

  subtract(other: Matrix): Matrix {
    return this.#zip(other, (a, b) => a - b);
  }

  hadamard(other: Matrix): Matrix {
    return this.#zip(other, (a, b) => a * b);
  }

  divide(other: Matrix): Matrix {
    return this.#zip(other, (a, b) => a / b);
  }

  scale(factor: number): Matrix {
    return this.map((a) => a * factor);
  }

  map(f: (value: number) => number): Matrix {
    const result = new Matrix(this.rows, this.cols);
    for (let i = 0; i < this.data.length; i++) result.data[i] = f(this.data[i]!);
    return result;
  }

  addRowVector(row: Matrix): Matrix {
    const result = new Matrix(this.rows, this.cols);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[i * this.cols + j] = this.data[i * this.cols + j]! + row.data[j]!;
      }
    }
    return result;
  }

  subtractColumnVector(column: Matrix): Matrix {
    const result = new Matrix(this.rows, this.cols);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[i * this.cols + j] = this.data[i * this.cols + j]! - column.data[i]!;
      }
    }
    return result;
  }

  divideColumnVector(column: Matrix): Matrix {
    const result = new Matrix(this.rows, this.cols);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[i * this.cols + j] = this.data[i * this.cols + j]! / column.data[i]!;
      }
    }
    return result;
  }

  sumRows(): Matrix {
    const result = new Matrix(1, this.cols);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[j] = result.data[j]! + this.data[i * this.cols + j]!;
      }
    }
    return result;
  }

  sumEachRow(): Matrix {
    const result = new Matrix(this.rows, 1);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.cols; j++) {
        result.data[i] = result.data[i]! + this.data[i * this.cols + j]!;
      }
    }
    return result;
  }

  maxOfEachRow(): Matrix {
    const result = new Matrix(this.rows, 1);
    for (let i = 0; i < this.rows; i++) {
      result.data[i] = Math.max(...this.data.subarray(i * this.cols, (i + 1) * this.cols));
    }
    return result;
  }

  sum(): number {
    let total = 0;
    for (let i = 0; i < this.data.length; i++) total += this.data[i]!;
    return total;
  }

  values(): Float64Array {
    return this.data;
  }

  #zip(other: Matrix, f: (a: number, b: number) => number): Matrix {
    const result = new Matrix(this.rows, this.cols);
    for (let i = 0; i < this.data.length; i++) result.data[i] = f(this.data[i]!, other.data[i]!);
    return result;
  }
}
