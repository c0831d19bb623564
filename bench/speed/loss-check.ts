import { manualFused } from '../../src/gradients/manual/method.ts';
import type { PreparedGradient } from '../../src/gradients/method.ts';
import { batchShape } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { double } from '../../src/numeric/double.ts';
import { UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { sgdStepInPlace } from '../../src/training/sgd.ts';
import type { Workload } from '../../src/training/workloads.ts';
import { lossAfter } from '../timing/loss-after.ts';
import type { TimedRow } from '../timing/timed-row.ts';
import { prepareOrThrow } from './training-row.ts';

/** Where training arrives, beside where the reference arrives from the same start. */
export interface LossCheck {
  /** Steps before the loss is taken. */
  readonly steps: number;
  readonly loss: number;
  readonly expected: number;
  /** The most by which they may differ, absolutely. */
  readonly tolerance: number;
}

const STEPS = 10;

/** Relative, of the workloads: ten steps of a mean over 640 rows make 6,400 roundings of 1.1e-16. */
const LOSS_TOLERANCE = 1e-12;

export const agrees = ({ loss, expected, tolerance }: LossCheck): boolean =>
  Math.abs(loss - expected) <= tolerance;

/** Where the reference arrives. */
export const expectedLoss = (reference: TimedRow): number => lossAfter(reference, STEPS);

/** A row against where the reference arrives, on a batch of that many rows. */
export function checkLoss(row: TimedRow, expected: number, rows: number): LossCheck {
  const relative = Math.max(LOSS_TOLERANCE, STEPS * rows * UNIT_ROUNDOFF.float64);
  const tolerance = relative * Math.abs(expected);
  return { steps: STEPS, loss: lossAfter(row, STEPS), expected, tolerance };
}

/**
 * Finite differences, after one step because eleven would take longer than all other rows. Their
 * error bars u move the parameters by η u at most, and so the loss by η Σ |∂L/∂θᵢ| uᵢ to first
 * order: that much is allowed besides.
 */
export async function checkLossByErrorBars(
  workload: Workload,
  differences: PreparedGradient,
): Promise<LossCheck> {
  const { model, batch, learningRate } = workload;
  const reference = await prepareOrThrow(manualFused, model, batchShape(batch));

  const uncertainty = zeroParams(model.layout);
  const grads = zeroParams(model.layout);
  const stepped = (move: (params: Params) => void): Params => {
    const params = copyParams(workload.params);
    move(params);
    sgdStepInPlace(params, grads, learningRate);
    return params;
  };
  const own = stepped((params) => differences.valueAndGrad(params, batch, grads, { uncertainty }));
  const expectedAt = stepped((params) => reference.valueAndGrad(params, batch, grads));
  const expected = reference.valueAndGrad(expectedAt, batch, grads);
  let reach = 0;
  for (let i = 0; i < model.layout.size; i++) {
    reach += Math.abs(grads.values[i]!) * uncertainty.values[i]!;
  }
  return {
    steps: 1,
    loss: evaluate(double, model, Array.from(own.values), batch).loss,
    expected,
    tolerance: LOSS_TOLERANCE * Math.abs(expected) + learningRate * reach,
  };
}
