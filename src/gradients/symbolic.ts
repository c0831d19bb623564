import type { Numbering } from '../expression/network-graph.ts';
import { scheduleOf } from '../expression/schedule.ts';
import { compileDoubles, type StraightLine } from '../expression/straight-line.ts';
import { networkDerivative } from '../expression/whole-network.ts';
import { batchDivisor, sampleInputs, sampleTargets } from '../model/forward.ts';
import { assertCall, type Prepared } from './assert-call.ts';
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
        variables.set(sampleInputs(model, batch, row), numbering.inputs);
        variables.set(sampleTargets(model, batch, row), numbering.targets);
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
