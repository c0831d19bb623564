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

/** Rows `from` to `to` of a batch: views, nothing is copied. */
export function batchRows(batch: Batch, from: number, to: number): Batch {
  const rows = (m: Matrix): Matrix => ({
    rows: to - from,
    cols: m.cols,
    data: m.data.subarray(from * m.cols, to * m.cols),
  });
  return { inputs: rows(batch.inputs), targets: rows(batch.targets) };
}

/** Batches already found good: data are scanned once, not once a step. */
const checked = new WeakMap<Batch, Model>();

/** Throws unless the batch fits the model: shapes, at least one row, finite data, targets in range. */
export function assertBatch(model: Model, batch: Batch): void {
  if (checked.get(batch) === model) return;
  const { inputs, targets } = batch;
  const fits = (what: string, m: Matrix, cols: number): void => {
    if (m.rows !== inputs.rows || m.cols !== cols) {
      throw new RangeError(
        `batch ${what}: got shape ${shapeText(m)}, expected ${inputs.rows}×${cols} for ${model.name}`,
      );
    }
  };
  if (inputs.rows < 1) throw new RangeError('batch inputs: got 0 rows, expected at least 1');
  fits('inputs', inputs, model.inputs);
  fits('targets', targets, targetColumns(model));
  assertEach('batch inputs', inputs, Number.isFinite, 'a finite number');
  const { targets: kind, range } = losses[model.loss.kind];
  if (kind === 'classes') {
    const isClass = (v: number): boolean => Number.isInteger(v) && v >= 0 && v < model.outputs;
    assertEach('batch targets', targets, isClass, `a class 0 to ${model.outputs - 1}`);
  } else if (range) {
    const inRange = (v: number): boolean => v >= range[0] && v <= range[1];
    assertEach('batch targets', targets, inRange, `a value from ${range[0]} to ${range[1]}`);
  } else {
    assertEach('batch targets', targets, Number.isFinite, 'a finite number');
  }
  checked.set(batch, model);
}

function assertEach(what: string, m: Matrix, ok: (v: number) => boolean, expected: string): void {
  const { data, cols } = m;
  for (let i = 0; i < data.length; i++) {
    if (!ok(data[i]!)) {
      throw new RangeError(
        `${what}[${Math.floor(i / cols)},${i % cols}]: got ${data[i]}, expected ${expected}`,
      );
    }
  }
}
