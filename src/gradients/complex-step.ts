import {
  batchDivisor,
  defineLoss,
  defineOutputs,
  evaluate,
  sampleInputs,
  sampleTargets,
} from '../model/forward.ts';
import { type Complex, complex, complexOf } from '../numeric/complex.ts';
import { assertCall, assertPreparation, type Prepared } from './assert-call.ts';
import type { GradientMethod, PreparedGradient } from './method.ts';

/**
 * ∂f/∂x = Im f(x + ih)/h (Squire & Trapp 1998): one pass of the definition over complex numbers a
 * parameter. Nothing is subtracted, so h may be so small that its square vanishes. It proves the
 * composition; the elementary functions bring their own derivatives. Entries below about 1e-208
 * underflow. Computes in doubles whatever the dtype.
 */
export const complexStep: GradientMethod = {
  name: 'complex-step',
  prepare: async (model, shape, options = {}) => {
    assertPreparation(shape, options);
    const multiplications = model.layout.size ** 2 * shape.rows;
    if (multiplications > MULTIPLICATION_LIMIT) {
      const why = `${model.name} at ${shape.rows} rows: one pass a parameter is ${multiplications.toExponential(1)} complex multiplications, above ${MULTIPLICATION_LIMIT}; give it fewer rows or a smaller network`;
      return { kind: 'unsupported', why };
    }
    return { kind: 'prepared', run: prepared({ model, shape, options }) };
  },
};

/** At 0.05 µs each, 0.3 µs in the smallest networks: ten seconds to a minute. */
const MULTIPLICATION_LIMIT = 2e8;

/** Far below the square root of the smallest double, so h² never shows. */
const STEP = 1e-100;

const prepared = (call: Prepared): PreparedGradient => ({
  valueAndGrad(params, batch, into, extra = {}) {
    assertCall(call, params, batch, into, extra);
    const { model } = call;
    const values = Array.from(params.values, (v) => complexOf(v));

    const { loss, outputs } = evaluate(complex, model, values, batch);
    extra.outputs?.data.set(outputs.flat().map((output) => output.re));
    differentiate(values, (at) => evaluate(complex, model, at, batch).loss, into.values);

    // A row's inputs touch that row's share of the loss only.
    const divisor = complexOf(batchDivisor(model, outputs.length));
    for (let row = 0; extra.inputs && row < outputs.length; row++) {
      const targets = sampleTargets(model, batch, row).map((v) => complexOf(v));
      const share = (inputs: readonly Complex[]): Complex => {
        const out = defineOutputs(complex, model, values, inputs);
        return complex.div(defineLoss(complex, model, out, targets), divisor);
      };
      const inputs = sampleInputs(model, batch, row).map((v) => complexOf(v));
      const from = row * model.inputs;
      differentiate(inputs, share, extra.inputs.data.subarray(from, from + model.inputs));
    }
    return loss.re;
  },
});

/** into[i] = ∂f/∂x[i], stepping each entry of x in turn. */
function differentiate(
  x: readonly Complex[],
  f: (x: readonly Complex[]) => Complex,
  into: { [index: number]: number },
): void {
  const at = [...x];
  x.forEach((value, i) => {
    at[i] = complexOf(value.re, STEP);
    into[i] = f(at).im / STEP;
    at[i] = value;
  });
}
