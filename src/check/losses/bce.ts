import { LOG_FLOOR } from '../../numeric/log-floor.ts';
import type { LossLine } from '../loss-line.ts';
import { allowed, type Rounding, square } from '../noisy.ts';

/**
 * −(y ln p + (1 − y) ln(1 − p)), each logarithm clamped at −100, on probabilities: the textbook way,
 * whose error in 1 − p grows as u/(1 − p). Where p comes from a sigmoid, the fused way p − y errs
 * less, so one σ covers both.
 */
export const bceLine: LossLine = {
  sample: (rounding, outputs, targets, into) => {
    let value = 0;
    let variance = 0;
    for (let k = 0; k < outputs.cols; k++) {
      const [p, y, v] = [outputs.value[k]!, targets[k]!, outputs.variance[k]!];
      const ones = logTerm(rounding, p, v);
      // 1 − p has the error of p and its own; it is known no better than to one rounding of 1.
      const zeros = logTerm(rounding, Math.max(1 - p, rounding.u), v + rounding.variance(1, 2));
      into.value[k] = (1 - y) * zeros.slope - y * ones.slope;
      into.variance[k] =
        square(y) * ones.slopeVariance +
        square(1 - y) * zeros.slopeVariance +
        rounding.variance(Math.abs(into.value[k]!), 2);
      value -= y * ones.log + (1 - y) * zeros.log;
      variance += square(y) * ones.logVariance + square(1 - y) * zeros.logVariance;
    }
    return { value, variance: variance + rounding.sum(Math.abs(value), outputs.cols) };
  },
};

const SMALLEST = Math.exp(LOG_FLOOR);

/** max(ln q, −100) and its derivative at a q of the given variance. */
function logTerm(
  rounding: Rounding,
  q: number,
  variance: number,
): { log: number; logVariance: number; slope: number; slopeVariance: number } {
  const reach = allowed(Math.sqrt(variance));
  if (q + reach < SMALLEST) return { log: LOG_FLOOR, logVariance: 0, slope: 0, slopeVariance: 0 };
  const clamped = Math.max(q, SMALLEST);
  // Where rounding reaches the floor, it decides whether the slope is 1/q or 0.
  const onFloor = q - reach <= SMALLEST;
  const relative = Math.max(variance / square(clamped), onFloor ? 1 : 0);
  const log = Math.log(clamped);
  const slope = 1 / clamped;
  return {
    log,
    // … and whether the logarithm is −100 or anything up to here.
    logVariance: (onFloor ? square(log - LOG_FLOOR) : relative) + rounding.variance(log, 2),
    slope,
    slopeVariance: square(slope) * relative + rounding.variance(slope, 2),
  };
}
