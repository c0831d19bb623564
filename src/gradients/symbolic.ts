import type { Numbering } from '../expression/network-graph.ts';
import { scheduleOf } from '../expression/schedule.ts';
import { compileDoubles, type StraightLine } from '../expression/straight-line.ts';
import { networkDerivative } from '../expression/whole-network.ts';
import type { Batch } from '../model/batch.ts';
import { batchDivisor } from '../model/forward.ts';
import { losses } from '../model/losses.ts';
import type { Model } from '../model/model.ts';
import { assertCall, assertPreparation, type Prepared } from './assert-call.ts';
import type { GradientMethod, PreparedGradient } from './method.ts';

/**
 * mathjs differentiates one sample's loss, written out as a single expression, by each parameter;
 * the derivatives become straight-line code that shares every common subexpression and runs once a
 * sample. Networks whose expression grows too large are refused before anything is built. A hidden
 * sigmoid below z = −709 gives NaN, because e⁻ᶻ overflows in mathjs' derivative. Computes in
 * doubles whatever the dtype.
 */
export const symbolic: GradientMethod = {
  name: 'symbolic',
  prepare: async (model, shape, options = {}) => {
    assertPreparation(shape, options);
    const derived = await networkDerivative(model, options.wrt ?? 'params');
    if (derived.kind === 'too-large') {
      const { visits, limit } = derived;
      const why = `${model.name}: differentiating its expression would visit ${visits.toExponential(1)} nodes, above ${limit}`;
      return { kind: 'unsupported', why };
    }
    const { graph, variables, loss, outputs, params, inputs } = derived.network;
    const schedule = scheduleOf(graph, [loss, ...outputs, ...params, ...inputs]);
    const code = compileDoubles(schedule);
    const call = { model, shape, options };
    return { kind: 'prepared', run: prepared(call, variables, schedule.roots.length, code) };
  },
};

function prepared(
  call: Prepared,
  numbering: Numbering,
  roots: number,
  code: StraightLine,
): PreparedGradient {
  const { model } = call;
  const variables = new Float64Array(numbering.size);
  const result = new Float64Array(roots);
  const outputs = result.subarray(1, 1 + model.outputs);
  const inputGradient = result.subarray(roots - model.inputs);
  const sums = new Float64Array(model.layout.size);

  return {
    valueAndGrad(params, batch, into, extra = {}) {
      assertCall(call, params, batch, into, extra);
      const { rows } = call.shape;
      const divisor = batchDivisor(model, rows);
      variables.set(params.values);
      sums.fill(0);
      let loss = 0;
      for (let row = 0; row < rows; row++) {
        loadSample(variables, numbering, model, batch, row);
        code(variables, result);
        loss += result[0]!;
        for (let i = 0; i < sums.length; i++) sums[i]! += result[1 + model.outputs + i]!;
        extra.outputs?.data.set(outputs, row * model.outputs);
        extra.inputs?.data.set(
          inputGradient.map((v) => v / divisor),
          row * model.inputs,
        );
      }
      for (let i = 0; i < sums.length; i++) into.values[i] = sums[i]! / divisor;
      return loss / divisor;
    },
  };
}

/**
 * A row's inputs and targets, a class as its one-hot row. What `sampleInputs` and `sampleTargets`
 * give, in place: an array a sample would cost more than the code that reads it.
 */
function loadSample(
  into: Float64Array,
  numbering: Numbering,
  model: Model,
  batch: Batch,
  row: number,
): void {
  const { inputs, targets } = batch;
  for (let i = 0; i < inputs.cols; i++) {
    into[numbering.inputs + i] = inputs.data[row * inputs.cols + i]!;
  }
  const classes = losses[model.loss.kind].targets === 'classes';
  for (let k = 0; k < model.outputs; k++) {
    into[numbering.targets + k] = classes
      ? Number(targets.data[row] === k)
      : targets.data[row * targets.cols + k]!;
  }
}
