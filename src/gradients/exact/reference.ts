import { evaluateGraph } from '../../expression/evaluate-graph.ts';
import { layerwiseDerivative } from '../../expression/layerwise.ts';
import { type Schedule, scheduleOf } from '../../expression/schedule.ts';
import type { Batch } from '../../model/batch.ts';
import { batchDivisor } from '../../model/forward.ts';
import type { Model } from '../../model/model.ts';
import type { Decimal } from '../../numeric/decimal.ts';
import {
  isSettled,
  type TrackedDecimal,
  trackedArithmetic,
} from '../../numeric/tracked-decimal.ts';
import type { Params } from '../../params/params.ts';
import { sampleVariables } from './sample.ts';

/** A batch's loss, outputs and gradients, each to at least 30 significant digits. */
export interface ExactGradient {
  readonly loss: Decimal;
  /** Row by row, [rows × outputs]. */
  readonly outputs: readonly Decimal[];
  /** ∂loss/∂params, in the layout's order. */
  readonly params: readonly Decimal[];
  /** ∂loss/∂inputs, row by row, [rows × inputs]. */
  readonly inputs: readonly Decimal[];
  /** Precision at which they settled. */
  readonly digits: number;
}

/** A double needs 17. */
const SETTLED_DIGITS = 30;

/**
 * Precisions tried in turn: 60 digits lose what saturation cancels (1 − σ(z) is 0 from z = 140 on);
 * from 400 on, noise around 0 lies below the smallest double and settles.
 */
const LEVELS = [60, 120, 240, 400, 1000] as const;

/** The gradient at these params and batch; throws where 1,000 digits do not settle it. */
export type ExactReference = (params: Params, batch: Batch) => ExactGradient;

/**
 * The many-digit gradient of a model: its layerwise graph, evaluated with decimals that track their
 * own error, at rising precision until every number has its digits. Some 10 ms a sample on the
 * material's networks.
 */
export async function exactReference(model: Model): Promise<ExactReference> {
  const { graph, loss, outputs, params, inputs } = await layerwiseDerivative(model);
  const schedule = scheduleOf(graph, [loss, ...outputs, ...params, ...inputs]);

  return (at, batch) => {
    let unsettled = '';
    for (const digits of LEVELS) {
      const { loss, outputs, params, inputs } = evaluateBatch(model, schedule, at, batch, digits);
      const all = [loss, ...outputs, ...params, ...inputs];
      const open = all.find((v) => !isSettled(v, SETTLED_DIGITS));
      if (!open) {
        const values = (tracked: readonly TrackedDecimal[]): Decimal[] =>
          tracked.map((v) => v.value);
        return {
          loss: loss.value,
          outputs: values(outputs),
          params: values(params),
          inputs: values(inputs),
          digits,
        };
      }
      unsettled = `${open.value.toPrecision(17)} ± 1e${open.error.toFixed(0)} at ${digits} digits`;
    }
    throw new RangeError(
      `exact gradient of ${model.name}: got ${unsettled}, expected 30 good ones`,
    );
  };
}

interface TrackedGradient {
  readonly loss: TrackedDecimal;
  readonly outputs: readonly TrackedDecimal[];
  readonly params: readonly TrackedDecimal[];
  readonly inputs: readonly TrackedDecimal[];
}

function evaluateBatch(
  model: Model,
  schedule: Schedule,
  params: Params,
  batch: Batch,
  digits: number,
): TrackedGradient {
  const a = trackedArithmetic(digits);
  const rows = batch.inputs.rows;
  const divisor = a.constant(batchDivisor(model, rows));
  const fromParams = 1 + model.outputs;
  const fromInputs = fromParams + model.layout.size;
  const outputs: TrackedDecimal[] = [];
  const inputs: TrackedDecimal[] = [];
  let sums: readonly TrackedDecimal[] = new Array(1 + model.layout.size).fill(a.constant(0));
  for (let row = 0; row < rows; row++) {
    const values = evaluateGraph(a, schedule, sampleVariables(a, model, params, batch, row));
    outputs.push(...values.slice(1, fromParams));
    inputs.push(...values.slice(fromInputs).map((v) => a.div(v, divisor)));
    const summands = [values[0]!, ...values.slice(fromParams, fromInputs)];
    sums = sums.map((sum, i) => a.add(sum, summands[i]!));
  }
  const [loss, ...gradient] = sums.map((sum) => a.div(sum, divisor));
  return { loss: loss!, outputs, params: gradient, inputs };
}
