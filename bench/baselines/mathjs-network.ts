import type { Matrix } from 'mathjs';
import type { Batch } from '../../src/model/batch.ts';
import type { Model } from '../../src/model/model.ts';
import type { Baseline } from './baseline.ts';
import type { CourseMatrix } from './course-matrix.ts';
import { courseNetwork } from './course-network.ts';

/** The same network on the dense matrices of mathjs: a library instead of a class of one's own. */
export async function mathjsNetwork(model: Model, batch: Batch): Promise<Baseline> {
  // 0.7 s to import: only where it is asked for.
  const math = await import('mathjs');
  const make = (rows: number, cols: number, values: Float64Array): MathjsMatrix =>
    new MathjsMatrix(math, math.reshape(math.matrix(Array.from(values)), [rows, cols]));
  return courseNetwork(make, model, batch);
}

type Mathjs = typeof import('mathjs');

/** Each method is one call of mathjs, which broadcasts rows and columns by itself. */
class MathjsMatrix implements CourseMatrix<MathjsMatrix> {
  readonly #math: Mathjs;
  readonly #matrix: Matrix;

  constructor(math: Mathjs, matrix: Matrix) {
    this.#math = math;
    this.#matrix = matrix;
  }

  multiply(other: MathjsMatrix): MathjsMatrix {
    return this.#wrap(this.#math.multiply(this.#matrix, other.#matrix));
  }

  transpose(): MathjsMatrix {
    return this.#wrap(this.#math.transpose(this.#matrix));
  }

  add(other: MathjsMatrix): MathjsMatrix {
    return this.#wrap(this.#math.add(this.#matrix, other.#matrix));
  }

  subtract(other: MathjsMatrix): MathjsMatrix {
    return this.#wrap(this.#math.subtract(this.#matrix, other.#matrix));
  }

  hadamard(other: MathjsMatrix): MathjsMatrix {
    return this.#wrap(this.#math.dotMultiply(this.#matrix, other.#matrix));
  }

  divide(other: MathjsMatrix): MathjsMatrix {
    return this.#wrap(this.#math.dotDivide(this.#matrix, other.#matrix));
  }

  scale(factor: number): MathjsMatrix {
    return this.#wrap(this.#math.multiply(this.#matrix, factor));
  }

  map(f: (value: number) => number): MathjsMatrix {
    return this.#wrap(this.#math.map(this.#matrix, f));
  }

  addRowVector(row: MathjsMatrix): MathjsMatrix {
    return this.add(row);
  }

  subtractColumnVector(column: MathjsMatrix): MathjsMatrix {
    return this.subtract(column);
  }

  divideColumnVector(column: MathjsMatrix): MathjsMatrix {
    return this.divide(column);
  }

  sumRows(): MathjsMatrix {
    return this.#reshaped(this.#math.sum(this.#matrix, 0), [1, -1]);
  }

  sumEachRow(): MathjsMatrix {
    return this.#reshaped(this.#math.sum(this.#matrix, 1), [-1, 1]);
  }

  maxOfEachRow(): MathjsMatrix {
    return this.#reshaped(this.#math.max(this.#matrix, 1), [-1, 1]);
  }

  sum(): number {
    return this.#math.sum(this.#matrix) as number; // of a matrix of numbers
  }

  values(): number[] {
    return this.#math.flatten(this.#matrix).toArray() as number[]; // flat, of numbers
  }

  /** A reduction along one dimension is a vector, though its type says scalar. */
  #reshaped(vector: unknown, shape: number[]): MathjsMatrix {
    return this.#wrap(this.#math.reshape(vector as Matrix, shape));
  }

  #wrap(matrix: Matrix): MathjsMatrix {
    return new MathjsMatrix(this.#math, matrix);
  }
}
