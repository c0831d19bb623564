import type { LossLine } from '../loss-line.ts';
import { square } from '../noisy.ts';

/**
 * ln Σⱼ e^zⱼ − z_y, derivative p − y with p = softmax(z):
 * V(p) = p²(V(z) + Σⱼ pⱼ²V(zⱼ) + u²((z − max z)² + 16)) + the sum's rounding; V(δ) = V(p) + (2u(p + y))².
 */
export const crossEntropyLine: LossLine = {
  sample: (rounding, z, targets, into) => {
    const largest = Math.max(...z.value);
    const exponentials = Array.from(z.value, (v) => Math.exp(v - largest));
    const sum = exponentials.reduce((a, b) => a + b);
    const logSum = Math.log(sum);
    let meanVariance = 0;
    exponentials.forEach((e, k) => {
      meanVariance += square(e / sum) * z.variance[k]!;
    });
    let value = 0;
    let variance = 0;
    exponentials.forEach((e, k) => {
      const [logit, y] = [z.value[k]!, targets[k]!];
      const p = e / sum;
      // e^(z − max) turns the rounding of its argument into a relative error of p.
      const argument = Math.abs(logit - largest) + logSum + 4;
      into.value[k] = p - y;
      into.variance[k] =
        square(p) * (z.variance[k]! + meanVariance) +
        rounding.variance(p * argument) +
        rounding.sum(p, z.cols) +
        rounding.variance(p + y, 2);
      value += y * (logSum + largest - logit);
      variance +=
        square(p - y) * z.variance[k]! +
        rounding.variance(y * (logSum + Math.abs(largest) + Math.abs(logit)), 2);
    });
    return { value, variance: variance + rounding.sum(1, z.cols) };
  },
};
