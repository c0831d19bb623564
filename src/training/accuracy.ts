import type { LossKind } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Tensor } from '../numeric/tensor.ts';

/** How well outputs [rows, outputs] meet their targets: more is better. */
export type Metric = (outputs: Matrix, targets: Labels) => number;

/** Class labels: [N], or [N, 1]; every other shape is an error, nothing is ever broadcast. */
export type Labels = Matrix | Tensor | ArrayLike<number>;

/** From where on a single output means class 1: a probability of one half, or a logit of 0. */
const BOUNDARY: { readonly [K in LossKind]: number } = {
  bce: 0.5,
  bce_with_logits: 0,
  cross_entropy: 0,
  mse: 0.5,
};

/**
 * The share of rows whose class is predicted rightly, 0 to 1. One column: class 1 where the
 * probability is ≥ 0.5, or the logit ≥ 0 where the loss is taken from logits. Several: the first largest.
 * A row with NaN predicts nothing and is wrong. Throws for labels that are not one class a row, and
 * for no row.
 */
export function accuracyOf(model: Model): Metric {
  const boundary = BOUNDARY[model.loss.kind];
  return (outputs, targets) => {
    if (outputs.rows < 1) throw new RangeError('accuracy: got 0 rows, expected at least 1');
    const labels = labelValues(targets, outputs.rows);
    const classes = Math.max(2, outputs.cols);
    let right = 0;
    for (let row = 0; row < outputs.rows; row++) {
      const label = labels[row]!;
      if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
        throw new RangeError(
          `accuracy labels[${row}]: got ${label}, expected a class 0 to ${classes - 1}; other targets need another metric`,
        );
      }
      if (predictedClass(outputs, row, boundary) === label) right++;
    }
    return right / outputs.rows;
  };
}

/** −1 where NaN leaves nothing predicted. */
function predictedClass({ data, cols }: Matrix, row: number, boundary: number): number {
  const from = row * cols;
  if (cols === 1) return Number.isNaN(data[from]!) ? -1 : Number(data[from]! >= boundary);
  let best = 0;
  for (let column = 0; column < cols; column++) {
    if (Number.isNaN(data[from + column]!)) return -1;
    if (data[from + column]! > data[from + best]!) best = column;
  }
  return best;
}

function labelValues(labels: Labels, rows: number): ArrayLike<number> {
  const { shape, values } = shaped(labels);
  const size = shape.reduce((a, b) => a * b, 1);
  if (values.length !== size) {
    throw new RangeError(
      `accuracy labels: got ${values.length} values, expected ${size} for ${shape.join('×')}`,
    );
  }
  const isColumn = shape.length === 1 || (shape.length === 2 && shape[1] === 1);
  if (isColumn && shape[0] === rows) return values;
  throw new RangeError(
    `accuracy labels: got shape ${shape.join('×') || 'of a scalar'}, expected ${rows} or ${rows}×1; nothing is broadcast, and other targets need another metric`,
  );
}

function shaped(labels: Labels): { shape: readonly number[]; values: ArrayLike<number> } {
  if ('shape' in labels) return labels;
  if ('rows' in labels) return { shape: [labels.rows, labels.cols], values: labels.data };
  return { shape: [labels.length], values: labels };
}
