/** What the formulas of a course need of a matrix. Nothing is changed in place. */
export interface CourseMatrix<M> {
  /** [m×k] · [k×n]. */
  multiply(other: M): M;
  transpose(): M;
  add(other: M): M;
  subtract(other: M): M;
  /** Elementwise product. */
  hadamard(other: M): M;
  /** Elementwise quotient. */
  divide(other: M): M;
  scale(factor: number): M;
  map(f: (value: number) => number): M;
  /** Adds a 1×n row to every row. */
  addRowVector(row: M): M;
  /** Subtracts an m×1 column from every column. */
  subtractColumnVector(column: M): M;
  /** Divides every column by an m×1 column. */
  divideColumnVector(column: M): M;
  /** 1×n: all rows added up. */
  sumRows(): M;
  /** m×1: each row's sum. */
  sumEachRow(): M;
  /** m×1: each row's largest value. */
  maxOfEachRow(): M;
  /** All values added up. */
  sum(): number;
  /** Row-major values: perhaps a view. */
  values(): ArrayLike<number>;
}

/** A matrix from its row-major values, which it may keep. */
export type MakeMatrix<M> = (rows: number, cols: number, values: Float64Array) => M;
