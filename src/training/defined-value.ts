import { assertBatch, type Batch } from '../model/batch.ts';
import { evaluate } from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import { double } from '../numeric/double.ts';
import type { Matrix } from '../numeric/matrix.ts';
import type { Params } from '../params/params.ts';

/** Loss, and outputs [rows, outputs] filled, by the network's definition in doubles. */
export function definedValue(model: Model, params: Params, batch: Batch, outputs: Matrix): number {
  assertBatch(model, batch);
  const found = evaluate(double, model, Array.from(params.values), batch);
  outputs.data.set(found.outputs.flat());
  return found.loss;
}
