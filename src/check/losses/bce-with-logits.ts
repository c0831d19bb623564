import type { LossLine } from '../loss-line.ts';
import { square } from '../noisy.ts';

/** ln(1 + eᶻ) − y z, derivative σ(z) − y: V(δ) = σ′²V(z) + (2u(σ + y))². */
export const bceWithLogitsLine: LossLine = {
  sample: (rounding, z, targets, into) => {
    let value = 0;
    let variance = 0;
    for (let k = 0; k < z.cols; k++) {
      const [logit, y] = [z.value[k]!, targets[k]!];
      const e = Math.exp(-Math.abs(logit));
      const p = logit > 0 ? 1 / (1 + e) : e / (1 + e);
      into.value[k] = p - y;
      into.variance[k] =
        square(e / (1 + e) / (1 + e)) * z.variance[k]! + rounding.variance(p + y, 2);
      const softplus = Math.max(logit, 0) + Math.log1p(e);
      value += softplus - y * logit;
      variance +=
        square(p - y) * z.variance[k]! + rounding.variance(softplus + Math.abs(y * logit), 2);
    }
    return { value, variance: variance + rounding.sum(Math.abs(value), z.cols) };
  },
};
