import type { Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import type { Params } from '../../params/params.ts';
import type { PerLayer } from '../five-layer.ts';
import { flowingValues } from '../network-flow.ts';

/** How many units of each ReLU layer, first to last, are dead. */
export const deadUnits = (model: Model, params: Params, batch: Batch): PerLayer =>
  deadMasks(model, params, batch).map((units) => units.filter((isDead) => isDead).length);

/**
 * Which units of each ReLU layer, first to last, are active for no sample of the batch: their
 * pre-activations are nowhere above 0.
 */
export function deadMasks(
  model: Model,
  params: Params,
  batch: Batch,
): readonly (readonly boolean[])[] {
  const values = flowingValues(model, params, batch);
  return model.layers.flatMap(({ kind }, i) => (kind === 'relu' ? [deadColumns(values[i]!)] : []));
}

const deadColumns = ({ rows, cols, data }: Matrix): readonly boolean[] =>
  Array.from({ length: cols }, (_, unit) => {
    for (let row = 0; row < rows; row++) if (data[row * cols + unit]! > 0) return false;
    return true;
  });
