import { numberingOf } from '../../expression/network-graph.ts';
import type { Batch } from '../../model/batch.ts';
import { defineLoss, defineOutputs, sampleInputs, sampleTargets } from '../../model/forward.ts';
import type { Model } from '../../model/model.ts';
import type { Arithmetic } from '../../numeric/arithmetic.ts';
import { entryName } from '../../params/layout.ts';
import type { Params } from '../../params/params.ts';

/** The variables of one row's loss, numbered as `numberingOf` numbers them: the doubles' exact values. */
export const sampleVariables = <T>(
  a: Arithmetic<T>,
  model: Model,
  params: Params,
  batch: Batch,
  row: number,
): T[] =>
  [...params.values, ...sampleInputs(model, batch, row), ...sampleTargets(model, batch, row)].map(
    (v) => a.constant(v),
  );

/** A row's share of the loss, by the definition, before the reduction. */
export function sampleLoss<T>(a: Arithmetic<T>, model: Model, variables: readonly T[]): T {
  const { inputs, targets } = numberingOf(model);
  const params = variables.slice(0, inputs);
  const outputs = defineOutputs(a, model, params, variables.slice(inputs, targets));
  return defineLoss(a, model, outputs, variables.slice(targets));
}

/** `fc1.weight[2,3]` or `inputs[1]`. */
export const variableName = (model: Model, index: number): string =>
  index < model.layout.size
    ? entryName(model.layout, index)
    : `inputs[${index - model.layout.size}]`;
