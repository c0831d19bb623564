import { type Batch, batchRows } from '../model/batch.ts';
import {
  type BoundLayer,
  batchDivisor,
  bindLayer,
  bindLayers,
  defineLoss,
  evaluate,
  layerSlots,
  sampleInputs,
  sampleTargets,
} from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import { double } from '../numeric/double.ts';
import type { Dtype } from '../numeric/dtype.ts';
import { type Ladder, ladder } from '../numeric/ladder.ts';
import { leastNoise } from '../numeric/noise.ts';
import { random } from '../numeric/random.ts';
import { shaken } from '../numeric/shaken.ts';
import { assertCall, assertPreparation, type Prepared } from './assert-call.ts';
import type { GradientMethod, PreparedGradient } from './method.ts';

/**
 * Central differences of the definition read with doubles: no derivative rule, no kernels. Every
 * parameter has a ladder of its own, about 14 evaluations of the loss, in which only the layers from
 * the parameter's own upwards are computed again. `uncertainty` bounds each entry's error, and
 * `inputsUncertainty` each input gradient's; at a kink they cover both one-sided derivatives. The
 * loss's own noise is read off shaken doubles, so an ill-conditioned loss (bce on saturated
 * probabilities) shows as a wide bar. With float32, parameters and inputs are rounded to it and all
 * else is computed in doubles: the oracle is more precise than what it judges.
 * Cost grows as parameters × rows × size: give a big model a slice of its batch (`batchRows`).
 */
export const finiteDifference: GradientMethod = {
  name: 'finite-difference',
  prepare: async (model, shape, options = {}) => {
    assertPreparation(shape, options);
    return { kind: 'prepared', run: prepared({ model, shape, options }) };
  },
};

const prepared = (call: Prepared): PreparedGradient => ({
  valueAndGrad(params, given, into, extra = {}) {
    assertCall(call, params, given, into, extra);
    const { model, options } = call;
    const dtype = options.dtype ?? 'float64';
    const values = rounded(dtype, params.values);
    const inputs = { ...given.inputs, data: Float64Array.from(rounded(dtype, given.inputs.data)) };
    const batch = { ...given, inputs };
    const { loss, outputs } = evaluate(double, model, values, batch);
    extra.outputs?.data.set(outputs.flat());

    const share = sampleLoss(model, batch);
    const noise = lossNoise(model, values, batch, loss);
    const layers = bindLayers(double, model, values);
    let features: readonly Row[] = outputs.map((_, row) => sampleInputs(model, batch, row));
    if (extra.inputs) {
      const { data, cols } = extra.inputs;
      features.forEach((x, row) => {
        const lossAt = (v: Row): number => share(layers, v, row);
        differentiate(lossAt, x, 0, cols, shareNoise(model, values, batch, row)).forEach((d, i) => {
          data[row * cols + i] = d.derivative;
          if (extra.inputsUncertainty) {
            extra.inputsUncertainty.data[row * cols + i] = d.uncertainty;
          }
        });
      });
    }
    model.layers.forEach((spec, l) => {
      const x = features;
      const above = layers.slice(l + 1);
      const lossAt = (v: Row): number => {
        const path = [bindLayer(double, model, spec, v), ...above];
        return x.reduce((sum, row, r) => sum + share(path, row, r), 0);
      };
      for (const { slot } of layerSlots(model, spec)) {
        differentiate(lossAt, values, slot.offset, slot.size, noise).forEach((d, i) => {
          into.values[slot.offset + i] = d.derivative;
          if (extra.uncertainty) extra.uncertainty.values[slot.offset + i] = d.uncertainty;
        });
      }
      features = x.map(layers[l]!);
    });
    return loss;
  },
});

type Row = readonly number[];

const rounded = (dtype: Dtype, values: ArrayLike<number>): number[] =>
  Array.from(values, dtype === 'float32' ? Math.fround : (v) => v);

/** A row's part of the batch's loss, from the features that enter `layers`. */
function sampleLoss(
  model: Model,
  batch: Batch,
): (layers: readonly BoundLayer<number>[], features: Row, row: number) => number {
  const divisor = batchDivisor(model, batch.inputs.rows);
  const targets = Array.from({ length: batch.inputs.rows }, (_, row) =>
    sampleTargets(model, batch, row),
  );
  return (layers, features, row) => {
    let x = features;
    for (const layer of layers) x = layer(x);
    return defineLoss(double, model, x, targets[row]!) / divisor;
  };
}

/** Any number would do; the same at every call, so that the same call has the same bar. */
const NOISE_SEED = 8;

/** How often the loss is read with shaken doubles: eight show its spread to a factor 2. */
const READINGS = 8;

/** A bound on the rounding error of the loss: three times the rms distance of shaken readings. */
function lossNoise(model: Model, values: Row, batch: Batch, loss: number): number {
  const arithmetic = shaken(random(NOISE_SEED));
  let squares = 0;
  for (let i = 0; i < READINGS; i++) {
    squares += (evaluate(arithmetic, model, values, batch).loss - loss) ** 2;
  }
  return Math.max(leastNoise(loss), 3 * Math.sqrt(squares / READINGS));
}

/** The same of one row's part of the loss: where many rows share it, far less. */
function shareNoise(model: Model, values: Row, batch: Batch, row: number): number {
  const alone = batchRows(batch, row, row + 1);
  const share = batchDivisor(model, 1) / batchDivisor(model, batch.inputs.rows);
  return share * lossNoise(model, values, alone, evaluate(double, model, values, alone).loss);
}

/** Ladders along `size` of f's arguments, from the one at `offset`. */
function differentiate(
  f: (v: Row) => number,
  at: Row,
  offset: number,
  size: number,
  noise: number,
): Ladder[] {
  const v = [...at];
  const value = f(v);
  return Array.from({ length: size }, (_, i) => {
    const index = offset + i;
    const along = (x: number): number => {
      v[index] = x;
      return f(v);
    };
    const result = ladder(along, at[index]!, { noise, value });
    v[index] = at[index]!;
    return result;
  });
}
