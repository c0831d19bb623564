import { assertBatch, type Batch, type BatchShape } from '../model/batch.ts';
import type { Model } from '../model/model.ts';
import { assertShape } from '../numeric/matrix.ts';
import { assertLayout, type Params } from '../params/params.ts';
import type { Extras, PrepareOptions } from './method.ts';

/** What a gradient was prepared for. */
export interface Prepared {
  readonly model: Model;
  readonly shape: BatchShape;
  readonly options: PrepareOptions;
}

/** Throws unless a method can be prepared for it, whatever the method. */
export function assertPreparation({ rows }: BatchShape, { dtype, wrt }: PrepareOptions): void {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`batch rows: got ${rows}, expected a positive integer`);
  }
  assertOption('dtype', dtype, ['float64', 'float32']);
  assertOption('wrt', wrt, ['params', 'params+inputs']);
}

function assertOption<T extends string>(what: string, got: T | undefined, known: readonly T[]) {
  if (got === undefined || known.includes(got)) return;
  throw new RangeError(`${what}: unknown "${got}"; there are ${known.join(', ')}`);
}

/**
 * Throws, before anything is written, unless a call fits what was prepared. `into` is null for a
 * value alone, which has no input gradient either.
 */
export function assertCall(
  { model, shape, options }: Prepared,
  params: Params,
  batch: Batch,
  into: Params | null,
  extra: Extras = {},
): void {
  assertLayout('params', params, model.layout);
  if (into) assertLayout('gradient to fill', into, model.layout);
  assertBatch(model, batch);
  assertShape('batch inputs', batch.inputs, shape.rows, model.inputs);
  if (extra.uncertainty) assertLayout('uncertainty to fill', extra.uncertainty, model.layout);
  if (extra.outputs) assertShape('outputs to fill', extra.outputs, shape.rows, model.outputs);
  if (extra.inputsUncertainty) {
    assertShape('input uncertainty to fill', extra.inputsUncertainty, shape.rows, model.inputs);
  }
  if (!extra.inputs) return;
  if (!into) throw new TypeError('input gradient: a value alone has none; call valueAndGrad');
  assertShape('input gradient to fill', extra.inputs, shape.rows, model.inputs);
  if (options.wrt !== 'params+inputs') {
    throw new TypeError("input gradient: not prepared; prepare with wrt: 'params+inputs'");
  }
}
