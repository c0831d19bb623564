import { LOG_FLOOR } from '../../model/losses/bce.ts';
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

/** max(ln q, −100) and its derivative at a q of the given variance. */
function logTerm(
  rounding: Rounding,
  q: number,
  variance: number,
): { log: number; logVariance: number; slope: number; slopeVariance: number } {
  const relative = variance / q / q; // not /(q·q), which may underflow
  const log = Math.log(q);
  const logVariance = relative + rounding.variance(log, 2);
  // So near the floor rounding decides whether the slope is 1/q or 0.
  const undecided = Math.abs(log - LOG_FLOOR) <= allowed(Math.sqrt(logVariance));
  if (!undecided && log < LOG_FLOOR) {
    return { log: LOG_FLOOR, logVariance: 0, slope: 0, slopeVariance: 0 };
  }
  const slope = 1 / q;
  const slopeVariance = square(slope) * (undecided ? 1 : relative) + rounding.variance(slope, 2);
  return { log, logVariance, slope, slopeVariance };
}
