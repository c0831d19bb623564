import { type Matrix, matrixView } from '../numeric/matrix.ts';
import type { Tensor } from '../numeric/tensor.ts';
import { type Batch, targetColumns } from './batch.ts';
import { losses } from './losses.ts';
import type { Model } from './model.ts';

/**
 * [batch, *, features] as a matrix [batch · *, features], a view: what torch.nn.Linear does with
 * leading dimensions. One dimension, [features], is one row.
 */
export function flattenLeading({ shape, values }: Tensor): Matrix {
  const features = shape.at(-1);
  if (features === undefined) throw new RangeError('inputs: got shape [], expected [batch, *, in]');
  return matrixView(
    leading(shape).reduce((a, b) => a * b, 1),
    features,
    values,
  );
}

/** Outputs [batch · *, out] with the inputs' leading dimensions again: [batch, *, out], a view. */
export function restoreLeading(inputShape: readonly number[], outputs: Matrix): Tensor {
  const shape = [...leading(inputShape), outputs.cols];
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  if (rows !== outputs.rows) {
    throw new RangeError(
      `outputs: got ${outputs.rows} rows, expected ${rows} for inputs [${inputShape}]`,
    );
  }
  return { shape, values: outputs.data };
}

/**
 * Inputs [batch, *, in] and targets as a batch of rows: targets [batch, *, out], or [batch, *] where
 * each is a class index. Views, nothing is copied.
 */
export function batchOf(model: Model, inputs: Tensor, targets: Tensor): Batch {
  const flat = flattenLeading(inputs);
  const cols = targetColumns(model);
  const expected = [
    ...leading(inputs.shape),
    ...(losses[model.loss.kind].targets === 'classes' ? [] : [cols]),
  ];
  if (String(targets.shape) !== String(expected)) {
    throw new RangeError(
      `targets: got shape [${targets.shape}], expected [${expected}] for inputs [${inputs.shape}]`,
    );
  }
  return { inputs: flat, targets: matrixView(flat.rows, cols, targets.values) };
}

const leading = (shape: readonly number[]): readonly number[] => shape.slice(0, -1);
