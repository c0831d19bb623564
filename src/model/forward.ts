import type { Arithmetic } from '../numeric/arithmetic.ts';
import { type Slot, slotOf } from '../params/layout.ts';
import type { Batch } from './batch.ts';
import type { LayerSpec } from './layer.ts';
import { layerOf } from './layers.ts';
import { lossDivisor } from './loss.ts';
import { losses } from './losses.ts';
import { layerName, type Model } from './model.ts';

/** One sample through one layer: features in, features out. */
export type BoundLayer<T> = (x: readonly T[]) => readonly T[];

/** A layer's definition with its parameters looked up. `params` is flat, as the layout orders it. */
export function bindLayer<T>(
  a: Arithmetic<T>,
  model: Model,
  spec: LayerSpec,
  params: readonly T[],
): BoundLayer<T> {
  const values = new Map(
    layerSlots(model, spec).map(({ name, slot }) => [
      name,
      params.slice(slot.offset, slot.offset + slot.size),
    ]),
  );
  const definition = layerOf(spec.kind);
  // The spec and its definition share one kind.
  return (x) => definition.define(a, spec as never, (name) => values.get(name)!, x);
}

/** Where a layer's parameters stand in the model's layout, in state_dict order. */
export const layerSlots = (
  model: Model,
  spec: LayerSpec,
): readonly { readonly name: 'weight' | 'bias'; readonly slot: Slot }[] =>
  layerOf(spec.kind)
    .parameters(spec as never) // one kind, both sides
    .map(({ name }) => ({ name, slot: slotOf(model.layout, `${layerName(spec)}.${name}`) }));

/** Every layer bound, in order. */
export const bindLayers = <T>(
  a: Arithmetic<T>,
  model: Model,
  params: readonly T[],
): readonly BoundLayer<T>[] => model.layers.map((spec) => bindLayer(a, model, spec, params));

/** One sample through the definitions. `params` is flat, as the layout orders it. */
export const defineOutputs = <T>(
  a: Arithmetic<T>,
  model: Model,
  params: readonly T[],
  inputs: readonly T[],
): readonly T[] => throughLayers(bindLayers(a, model, params), inputs);

const throughLayers = <T>(layers: readonly BoundLayer<T>[], inputs: readonly T[]): readonly T[] =>
  layers.reduce((x, layer) => layer(x), inputs);

/** One sample's share of the loss, before the reduction. `targets` as `sampleTargets` gives them. */
export const defineLoss = <T>(
  a: Arithmetic<T>,
  model: Model,
  outputs: readonly T[],
  targets: readonly T[],
): T => losses[model.loss.kind].define(a, outputs, targets);

/** A row's inputs. */
export const sampleInputs = (model: Model, batch: Batch, row: number): number[] =>
  Array.from(batch.inputs.data.subarray(row * model.inputs, (row + 1) * model.inputs));

/** A row's targets, one value an output: a class index becomes its one-hot row. */
export function sampleTargets(model: Model, batch: Batch, row: number): number[] {
  const { data, cols } = batch.targets;
  if (losses[model.loss.kind].targets === 'classes') {
    return Array.from({ length: model.outputs }, (_, k) => (k === data[row] ? 1 : 0));
  }
  return Array.from(data.subarray(row * cols, (row + 1) * cols));
}

/** What a batch's summed loss is divided by. */
export const batchDivisor = (model: Model, rows: number): number =>
  lossDivisor(model.loss, losses[model.loss.kind].targets, rows, model.outputs);

export interface Evaluation<T> {
  readonly loss: T;
  /** One row a sample. */
  readonly outputs: readonly (readonly T[])[];
}

/** A whole batch through the definitions: loss reduced, outputs row by row. */
export function evaluate<T>(
  a: Arithmetic<T>,
  model: Model,
  params: readonly T[],
  batch: Batch,
): Evaluation<T> {
  const rows = batch.inputs.rows;
  const layers = bindLayers(a, model, params);
  const outputs: (readonly T[])[] = [];
  let sum = a.constant(0);
  for (let row = 0; row < rows; row++) {
    const inputs = sampleInputs(model, batch, row).map((v) => a.constant(v));
    const targets = sampleTargets(model, batch, row).map((v) => a.constant(v));
    const out = throughLayers(layers, inputs);
    outputs.push(out);
    sum = a.add(sum, defineLoss(a, model, out, targets));
  }
  return { loss: a.div(sum, a.constant(batchDivisor(model, rows))), outputs };
}
