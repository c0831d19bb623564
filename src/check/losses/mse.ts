import type { LossLine } from '../loss-line.ts';
import { square } from '../noisy.ts';

/** (p − y)², derivative 2(p − y): V(δ) = 4V(p) + (2uδ)². */
export const mseLine: LossLine = {
  sample: (rounding, p, targets, into) => {
    let value = 0;
    let variance = 0;
    for (let k = 0; k < p.cols; k++) {
      const delta = 2 * (p.value[k]! - targets[k]!);
      into.value[k] = delta;
      into.variance[k] = 4 * p.variance[k]! + rounding.variance(delta, 2);
      const loss = square(delta) / 4;
      value += loss;
      // The square of the deviation keeps a variance where p = y exactly and δ vanishes.
      variance +=
        square(delta) * p.variance[k]! + 2 * square(p.variance[k]!) + rounding.variance(loss, 2);
    }
    return { value, variance: variance + rounding.sum(value, p.cols) };
  },
};
