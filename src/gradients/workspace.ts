import { type Batch, type BatchShape, targetColumns } from '../model/batch.ts';
import { batchDivisor } from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import type { Allocator } from '../numeric/allocator.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Layout } from '../params/layout.ts';
import { type Params, slotMatrix } from '../params/params.ts';
import { assertCall, assertPreparation } from './assert-call.ts';
import type { Extras, PrepareOptions } from './method.ts';

/** The memory of a prepared method that works with kernels: copies in, copies out. */
export interface Workspace {
  readonly model: Model;
  readonly rows: number;
  /** What the summed loss is divided by. */
  readonly divisor: number;
  readonly inputs: Matrix;
  readonly targets: Matrix;
  /** One matrix a slot, by its name: views into one flat array. */
  readonly params: ReadonlyMap<string, Matrix>;
  readonly grads: ReadonlyMap<string, Matrix>;
  /** Checks and copies a step's params and batch, in the workspace's precision; no `into`, no gradient. */
  load(params: Params, batch: Batch, into: Params | null, extra: Extras | undefined): void;
  /** Copies the gradients, and the extras asked for, to their owner. */
  store(
    into: Params | null,
    extra: Extras | undefined,
    outputs: Matrix,
    dInputs: Matrix | null,
  ): void;
}

export function workspace(
  model: Model,
  shape: BatchShape,
  options: PrepareOptions,
  allocator: Allocator,
): Workspace {
  const { rows } = shape;
  assertPreparation(shape, options);
  const ownParams = flat(model.layout, allocator);
  const ownGrads = flat(model.layout, allocator);
  const inputs = allocator.matrix(rows, model.inputs);
  const targets = allocator.matrix(rows, targetColumns(model));
  return {
    model,
    rows,
    divisor: batchDivisor(model, rows),
    inputs,
    targets,
    params: slotMatrices(ownParams),
    grads: slotMatrices(ownGrads),
    load: (params, batch, into, extra) => {
      assertCall({ model, shape, options }, params, batch, into, extra);
      ownParams.values.set(params.values);
      inputs.data.set(batch.inputs.data);
      targets.data.set(batch.targets.data);
    },
    store: (into, extra, outputs, dInputs) => {
      into?.values.set(ownGrads.values);
      extra?.outputs?.data.set(outputs.data);
      if (dInputs) extra?.inputs?.data.set(dInputs.data);
    },
  };
}

const flat = (layout: Layout, allocator: Allocator): Params => ({
  layout,
  values: allocator.matrix(1, layout.size).data,
});

const slotMatrices = (params: Params): ReadonlyMap<string, Matrix> =>
  new Map(params.layout.slots.map((slot) => [slot.name, slotMatrix(params, slot)]));
