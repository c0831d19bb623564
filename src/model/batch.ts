import type { Matrix } from '../numeric/matrix.ts';
import { shapeText } from '../numeric/matrix.ts';
import { losses } from './losses.ts';
import type { Model } from './model.ts';

/** Everything of a step that is not a parameter: nothing random or stateful stands outside it. */
export interface Batch {
  /** [rows, inputs]. */
  readonly inputs: Matrix;
  /** [rows, outputs]; for cross_entropy [rows, 1], each a class index. */
  readonly targets: Matrix;
}

/** What `prepare` must know of a batch. */
export interface BatchShape {
  readonly rows: number;
}

export const batchShape = (batch: Batch): BatchShape => ({ rows: batch.inputs.rows });

/** Columns a batch's targets must have. */
export const targetColumns = (model: Model): number =>
  losses[model.loss.kind].targets === 'classes' ? 1 : model.outputs;

/** Rows `from` up to `to`, without `to`, of a batch: views, nothing is copied. */
export function batchRows(batch: Batch, from: number, to: number): Batch {
  const { rows: all } = batch.inputs;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= all)) {
    throw new RangeError(`batch rows ${from} to ${to}: expected whole numbers within 0 to ${all}`);
  }
  const rows = (m: Matrix): Matrix => ({
    rows: to - from,
    cols: m.cols,
    data: m.data.subarray(from * m.cols, to * m.cols),
  });
  return { inputs: rows(batch.inputs), targets: rows(batch.targets) };
}

/** Throws unless the batch fits the model: shapes, at least one row, finite data, targets in range. */
export function assertBatch(model: Model, { inputs, targets }: Batch): void {
  const fits = (what: string, m: Matrix, cols: number): void => {
    if (m.rows !== inputs.rows || m.cols !== cols) {
      throw new RangeError(
        `batch ${what}: got shape ${shapeText(m)}, expected ${inputs.rows}×${cols} for ${model.name}`,
      );
    }
    if (m.data.length !== m.rows * m.cols) {
      throw new RangeError(
        `batch ${what}: got ${m.data.length} values, expected ${m.rows * m.cols} for ${shapeText(m)}`,
      );
    }
  };
  if (inputs.rows < 1) throw new RangeError('batch inputs: got 0 rows, expected at least 1');
  fits('inputs', inputs, model.inputs);
  fits('targets', targets, targetColumns(model));
  assertWithin('batch inputs', inputs, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number');
  const { targets: kind, range } = losses[model.loss.kind];
  if (kind === 'classes') {
    const last = model.outputs - 1;
    assertWithin('batch targets', targets, 0, last, `a class 0 to ${last}`);
    assertIntegers('batch targets', targets, `a class 0 to ${last}`);
  } else {
    const [low, high] = range ?? [-Number.MAX_VALUE, Number.MAX_VALUE];
    const expected = range ? `a value from ${low} to ${high}` : 'a finite number';
    assertWithin('batch targets', targets, low, high, expected);
  }
}

// Data are scanned at every step, since they may have changed: plain loops, a percent of a step.

function assertWithin(what: string, m: Matrix, low: number, high: number, expected: string): void {
  const { data } = m;
  for (let i = 0; i < data.length; i++) {
    if (!(data[i]! >= low && data[i]! <= high)) throw badEntry(what, m, i, expected); // NaN is neither
  }
}

function assertIntegers(what: string, m: Matrix, expected: string): void {
  const { data } = m;
  for (let i = 0; i < data.length; i++) {
    if (data[i]! !== Math.floor(data[i]!)) throw badEntry(what, m, i, expected);
  }
}

const badEntry = (what: string, { data, cols }: Matrix, i: number, expected: string): RangeError =>
  new RangeError(
    `${what}[${Math.floor(i / cols)},${i % cols}]: got ${data[i]}, expected ${expected}`,
  );
