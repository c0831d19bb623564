import type { Batch } from '../model/batch.ts';
import { batchDivisor, layerSlots, sampleTargets } from '../model/forward.ts';
import type { Model } from '../model/model.ts';
import type { Dtype } from '../numeric/dtype.ts';
import type { Params } from '../params/params.ts';
import type { LayerContext } from './layer-line.ts';
import { layerLineOf } from './layer-lines.ts';
import { lossLines } from './loss-lines.ts';
import { type Noisy, noisy, noisyRow, type Rounding, roundingOf } from './noisy.ts';
import { type Kink, undecidedUnits } from './undecided-units.ts';

/** What is differentiated, and in which precision. */
export interface Problem {
  readonly model: Model;
  readonly params: Params;
  readonly batch: Batch;
  readonly dtype: Dtype;
}

/** Loss, outputs and gradients, each number with the variance of its rounding error. */
export interface Judgement {
  readonly loss: { readonly value: number; readonly variance: number };
  readonly outputs: Noisy;
  /** One row, as the layout orders it. */
  readonly grads: Noisy;
  /** ∂loss/∂inputs. */
  readonly inputs: Noisy;
  readonly kinks: readonly Kink[];
}

/**
 * The problem forwards and backwards in doubles, with the variance of the errors that computing it
 * in `dtype` makes. Units in `flips` take their kinked activation's other branch.
 */
export function judge(problem: Problem, flips: readonly Kink[] = []): Judgement {
  const { model, batch, dtype } = problem;
  const rounding = roundingOf(dtype);
  const grads = noisy(1, model.layout.size);
  const contexts = layerContexts(problem, rounding, grads, flips);
  const xs: Noisy[] = [
    { ...noisy(batch.inputs.rows, model.inputs), value: given(dtype, batch.inputs.data) },
  ];
  model.layers.forEach((spec, layer) => {
    const line = layerLineOf(spec.kind);
    // A spec and its line share one kind, here and below.
    xs.push(line.forward(spec as never, contexts[layer]!, xs[layer]!));
  });
  const outputs = xs.at(-1)!;
  const { loss, delta } = lossOf(model, batch, rounding, outputs);
  const inputs = model.layers.reduceRight(
    (dy, spec, layer) =>
      layerLineOf(spec.kind).backward(spec as never, contexts[layer]!, xs[layer]!, dy),
    delta,
  );
  const kinks = undecidedUnits(model.layers, outputs.rows, (layer) => xs[layer]!);
  return { loss, outputs, grads, inputs, kinks };
}

/** The doubles a method computing in `dtype` starts from. */
const given = (dtype: Dtype, data: ArrayLike<number>): Float64Array =>
  Float64Array.from(data, dtype === 'float32' ? Math.fround : (v) => v);

function layerContexts(
  { model, params, dtype }: Problem,
  rounding: Rounding,
  grads: Noisy,
  flips: readonly Kink[],
): LayerContext[] {
  const values = given(dtype, params.values);
  return model.layers.map((spec, layer) => {
    const slots = new Map(layerSlots(model, spec).map(({ name, slot }) => [name, slot]));
    const part = (name: 'weight' | 'bias', whole: Float64Array): Float64Array => {
      const { offset, size } = slots.get(name)!;
      return whole.subarray(offset, offset + size);
    };
    const flipped = new Set(flips.filter((k) => k.layer === layer).map((k) => k.element));
    return {
      rounding,
      parameter: (name) => part(name, values),
      gradient: (name) => ({
        value: part(name, grads.value),
        variance: part(name, grads.variance),
      }),
      flipped: (element) => flipped.has(element),
    };
  });
}

/** The reduced loss and ∂loss/∂outputs. */
function lossOf(
  model: Model,
  batch: Batch,
  rounding: Rounding,
  outputs: Noisy,
): { loss: Judgement['loss']; delta: Noisy } {
  const line = lossLines[model.loss.kind];
  const divisor = batchDivisor(model, outputs.rows);
  const delta = noisy(outputs.rows, outputs.cols);
  let value = 0;
  let magnitude = 0;
  let variance = 0;
  for (let row = 0; row < outputs.rows; row++) {
    const targets = sampleTargets(model, batch, row);
    const sample = line.sample(rounding, noisyRow(outputs, row), targets, noisyRow(delta, row));
    value += sample.value;
    magnitude += Math.abs(sample.value);
    variance += sample.variance;
  }
  for (let i = 0; i < delta.value.length; i++) {
    delta.value[i]! /= divisor;
    delta.variance[i] = delta.variance[i]! / divisor ** 2 + rounding.variance(delta.value[i]!);
  }
  const total = variance + rounding.sum(magnitude, outputs.rows);
  return { loss: { value: value / divisor, variance: total / divisor ** 2 }, delta };
}
