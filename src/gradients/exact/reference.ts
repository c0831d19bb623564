import { evaluateGraph } from '../../expression/evaluate-graph.ts';
import { layerwiseDerivative } from '../../expression/layerwise.ts';
import { type Schedule, scheduleOf } from '../../expression/schedule.ts';
import type { Batch } from '../../model/batch.ts';
import { batchDivisor } from '../../model/forward.ts';
import type { Model } from '../../model/model.ts';
import { type Decimal, decimalArithmetic } from '../../numeric/decimal.ts';
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

/** Two precisions that agree to this many digits are believed: a double needs 17. */
const SETTLED_DIGITS = 30;

/**
 * Precisions tried in turn. 60 digits lose what saturation cancels (1 − σ(z) is 0 from z = 140 on);
 * from 400 on, what is noise around 0 lies below the smallest double and counts as settled.
 */
const LEVELS = [60, 120, 240, 400, 500, 1000] as const;

/** The gradient at these params and batch; throws where 1,000 digits do not settle it. */
export type ExactReference = (params: Params, batch: Batch) => ExactGradient;

/**
 * The many-digit gradient of a model: its layerwise graph, evaluated with decimals at rising
 * precision until two precisions agree. 6 to 16 ms a sample on the material's networks.
 */
export async function exactReference(model: Model): Promise<ExactReference> {
  const { graph, loss, outputs, params, inputs } = await layerwiseDerivative(model);
  const schedule = scheduleOf(graph, [loss, ...outputs, ...params, ...inputs]);

  return (at, batch) => {
    let previous: ExactGradient | undefined;
    let unsettled = '';
    for (const digits of LEVELS) {
      const result = evaluateBatch(model, schedule, at, batch, digits);
      if (previous) {
        const moved = firstUnsettled(previous, result);
        if (!moved) return result;
        unsettled = moved;
      }
      previous = result;
    }
    throw new RangeError(`exact gradient of ${model.name}: at 1000 digits ${unsettled}`);
  };
}

function evaluateBatch(
  model: Model,
  schedule: Schedule,
  params: Params,
  batch: Batch,
  digits: number,
): ExactGradient {
  const a = decimalArithmetic(digits);
  const rows = batch.inputs.rows;
  const divisor = a.constant(batchDivisor(model, rows));
  const outputs: Decimal[] = [];
  const inputs: Decimal[] = [];
  let sums: readonly Decimal[] = new Array(1 + model.layout.size).fill(a.constant(0));
  for (let row = 0; row < rows; row++) {
    const values = evaluateGraph(a, schedule, sampleVariables(a, model, params, batch, row));
    const fromParams = 1 + model.outputs;
    const fromInputs = fromParams + model.layout.size;
    outputs.push(...values.slice(1, fromParams));
    inputs.push(...values.slice(fromInputs).map((v) => v.div(divisor)));
    const summands = [values[0]!, ...values.slice(fromParams, fromInputs)];
    sums = sums.map((sum, i) => sum.plus(summands[i]!));
  }
  const [loss, ...gradient] = sums.map((sum) => sum.div(divisor));
  return { loss: loss!, outputs, params: gradient, inputs, digits };
}

/** What two precisions still disagree about, or undefined. */
function firstUnsettled(coarse: ExactGradient, fine: ExactGradient): string | undefined {
  const names = ['loss', 'outputs', 'params', 'inputs'] as const;
  for (const name of names) {
    const [a, b] = [[coarse[name]].flat(), [fine[name]].flat()];
    const i = b.findIndex((value, at) => !agree(a[at]!, value));
    if (i >= 0) {
      return `${name}[${i}] is ${b[i]!.toPrecision(17)}, at ${coarse.digits} ${a[i]!.toPrecision(17)}`;
    }
  }
  return undefined;
}

function agree(coarse: Decimal, fine: Decimal): boolean {
  if (!fine.isFinite()) return String(coarse) === String(fine);
  const scale = fine.abs().plus(Number.MIN_VALUE);
  return coarse
    .minus(fine)
    .abs()
    .lte(scale.times(`1e-${SETTLED_DIGITS}`));
}
