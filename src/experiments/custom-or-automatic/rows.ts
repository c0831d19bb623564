import type { Batch } from '../../model/batch.ts';
import { type Matrix, zeros } from '../../numeric/matrix.ts';
import type { Random } from '../../numeric/random.ts';

/** The batch with its last row first: the same mean, its terms added in another order. */
export const reversed = (batch: Batch): Batch =>
  inOrder(
    batch,
    rowNumbers(batch).map((row) => batch.inputs.rows - 1 - row),
  );

/** The batch with its rows in a new random order. */
export const shuffled = (batch: Batch, source: Random): Batch =>
  inOrder(batch, source.shuffleInPlace(rowNumbers(batch)));

const rowNumbers = ({ inputs: { rows } }: Batch): number[] =>
  Array.from({ length: rows }, (_, row) => row);

const inOrder = ({ inputs, targets }: Batch, order: readonly number[]): Batch => ({
  inputs: rowsInOrder(inputs, order),
  targets: rowsInOrder(targets, order),
});

function rowsInOrder({ rows, cols, data }: Matrix, order: readonly number[]): Matrix {
  const into = zeros(rows, cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      into.data[row * cols + col] = data[order[row]! * cols + col]!;
    }
  }
  return into;
}
