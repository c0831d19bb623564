import { batchDivisor, sampleTargets } from '../../model/forward.ts';
import type { LayerKind, SpecOf } from '../../model/layer.ts';
import type { LossKind } from '../../model/loss.ts';
import { layerName } from '../../model/model.ts';
import type { Dtype, FloatArray } from '../../numeric/dtype.ts';
import { slotOf } from '../../params/layout.ts';
import type { Problem } from '../judge.ts';

/** A layer without parameters. */
export type Pointwise = SpecOf<Exclude<LayerKind, 'linear'>>;

/** A pointwise layer, and where it stands in the model's layers. */
export interface Step {
  readonly spec: Pointwise;
  readonly layer: number;
}

/** One linear layer with what follows it up to the next. */
export interface Stage {
  readonly name: string;
  /** Index into the model's layers. */
  readonly layer: number;
  readonly in: number;
  readonly out: number;
  /** [out, in]. */
  readonly weight: Float64Array;
  /** The same as [in, out], a unit's outgoing weights in one piece; null of the first, none asks for it. */
  readonly turned: Float64Array | null;
  readonly bias: Float64Array | null;
  readonly weightOffset: number;
  readonly biasOffset: number;
  readonly after: readonly Step[];
}

/** What the last stage's values go into; a last sigmoid that bce reads is taken into it. */
export type Tail = LossKind | 'sigmoid_bce';

/** A problem laid out for the sweep, in doubles: what a method computing in its dtype starts from. */
export interface Network {
  readonly problem: Problem;
  readonly rows: number;
  readonly inputs: Float64Array;
  /** What stands before the first linear layer. */
  readonly front: readonly Step[];
  readonly stages: readonly Stage[];
  readonly tail: Tail;
  /** [rows, outputs]; a class index as its one-hot row. */
  readonly targets: Float64Array;
  /** What the summed loss is divided by. */
  readonly divisor: number;
}

/** The problem as stages; its params and batch fit the model. */
export function networkOf(problem: Problem): Network {
  const { model, params, batch, dtype } = problem;
  const rows = batch.inputs.rows;
  const values = given(dtype, params.values);
  const fused = model.loss.kind === 'bce' && model.layers.at(-1)?.kind === 'sigmoid';
  const front: Step[] = [];
  const stages: (Stage & { after: Step[] })[] = [];
  model.layers.forEach((spec, layer) => {
    if (spec.kind === 'linear') {
      const weight = slotOf(model.layout, `${layerName(spec)}.weight`);
      const bias = spec.bias ? slotOf(model.layout, `${layerName(spec)}.bias`) : null;
      const matrix = values.subarray(weight.offset, weight.offset + weight.size);
      stages.push({
        name: spec.name,
        layer,
        in: spec.in,
        out: spec.out,
        weight: matrix,
        turned: stages.length > 0 ? transposed(matrix, spec.out, spec.in) : null,
        bias: bias && values.subarray(bias.offset, bias.offset + bias.size),
        weightOffset: weight.offset,
        biasOffset: bias?.offset ?? -1,
        after: [],
      });
      return;
    }
    if (spec.kind === 'identity') return;
    if (fused && layer === model.layers.length - 1) return;
    (stages.at(-1)?.after ?? front).push({ spec, layer });
  });
  const targets = new Float64Array(rows * model.outputs);
  for (let row = 0; row < rows; row++) {
    targets.set(sampleTargets(model, batch, row), row * model.outputs);
  }
  return {
    problem,
    rows,
    inputs: given(dtype, batch.inputs.data),
    front,
    stages,
    tail: fused ? 'sigmoid_bce' : model.loss.kind,
    targets: given(dtype, targets),
    divisor: batchDivisor(model, rows),
  };
}

/** What the method is given, in its precision; the very array where that is what there is. */
function given(dtype: Dtype, data: FloatArray): Float64Array {
  if (dtype === 'float32') return new Float64Array(new Float32Array(data));
  return data instanceof Float64Array ? data : new Float64Array(data);
}

/** Bᵀ of B[rows×cols]. */
function transposed(b: Float64Array, rows: number, cols: number): Float64Array {
  const into = new Float64Array(b.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) into[j * rows + i] = b[i * cols + j]!;
  }
  return into;
}
