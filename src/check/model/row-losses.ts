import { exp } from '../../numeric/exp.ts';
import { LOG_FLOOR } from '../../numeric/log-floor.ts';
import type { Network } from './network.ts';

/** Fills into[r] with the loss, before the reduction, of row r of x, which belongs to sample sampleOf[r]. */
export type RowLosses = (
  into: Float64Array,
  x: Float64Array,
  rows: number,
  sampleOf: Int32Array,
) => void;

/**
 * The loss of one row after another, from its definition. The branches of a clamped logarithm, and
 * which logit is the largest, are those of `outputs` (what the loss reads, one row a sample): held,
 * as the branches of activations are.
 */
export function rowLosses(
  { tail, targets }: Network,
  outputs: Float64Array,
  cols: number,
): RowLosses {
  switch (tail) {
    case 'mse':
      return perEntry(cols, targets, (p, y) => (p - y) * (p - y));
    case 'bce_with_logits':
      return perEntry(cols, targets, logistic);
    case 'bce': {
      const ones = outputs.map((p) => (Math.log(p) <= LOG_FLOOR ? 1 : 0));
      const zeros = outputs.map((p) => (Math.log(1 - p) <= LOG_FLOOR ? 1 : 0));
      return perEntry(cols, targets, (p, y, i) => {
        const one = ones[i] === 1 ? LOG_FLOOR : Math.log(p);
        const zero = zeros[i] === 1 ? LOG_FLOOR : Math.log1p(-p); // 1 − p would round
        return -(y * one + (1 - y) * zero);
      });
    }
    case 'sigmoid_bce': {
      // −ln σ(z) is e^−|z| small or about |z|: it passes 100 where |z| does.
      const clamped = outputs.map((z) => (z >= -LOG_FLOOR ? 1 : z <= LOG_FLOOR ? -1 : 0));
      return perEntry(cols, targets, (z, y, i) => {
        if (clamped[i] === 0) return logistic(z, y);
        const small = Math.log1p(exp(z > 0 ? -z : z));
        return clamped[i] === 1
          ? y * small + (1 - y) * -LOG_FLOOR
          : y * -LOG_FLOOR + (1 - y) * small;
      });
    }
    case 'cross_entropy':
      return crossEntropy(cols, targets, outputs);
    default:
      tail satisfies never;
      throw new RangeError(`loss: unknown "${tail}"`);
  }
}

/** ln(1 + eᶻ) − y z as a sum of two parts that never cancel for y in [0, 1]. */
const logistic = (z: number, y: number): number =>
  (z > 0 ? z * (1 - y) : -z * y) + Math.log1p(exp(z > 0 ? -z : z));

const perEntry =
  (
    cols: number,
    targets: Float64Array,
    term: (x: number, y: number, entry: number) => number,
  ): RowLosses =>
  (into, x, rows, sampleOf) => {
    for (let r = 0; r < rows; r++) {
      const at = sampleOf[r]! * cols;
      let sum = 0;
      for (let c = 0; c < cols; c++) sum += term(x[r * cols + c]!, targets[at + c]!, at + c);
      into[r] = sum;
    }
  };

/** ln Σⱼ e^zⱼ − z_c = (z_m − z_c) + ln(1 + Σ_{j≠m} e^(zⱼ − z_m)): exact also where p_c is nearly 1. */
function crossEntropy(cols: number, targets: Float64Array, outputs: Float64Array): RowLosses {
  const samples = outputs.length / cols;
  const chosen = new Int32Array(samples);
  const largest = new Int32Array(samples);
  for (let n = 0; n < samples; n++) {
    for (let c = 1; c < cols; c++) {
      if (targets[n * cols + c]! > targets[n * cols + chosen[n]!]!) chosen[n] = c;
      if (outputs[n * cols + c]! > outputs[n * cols + largest[n]!]!) largest[n] = c;
    }
  }
  return (into, x, rows, sampleOf) => {
    for (let r = 0; r < rows; r++) {
      const from = r * cols;
      const m = largest[sampleOf[r]!]!;
      const top = x[from + m]!;
      let others = 0;
      for (let c = 0; c < cols; c++) if (c !== m) others += exp(x[from + c]! - top);
      into[r] = top - x[from + chosen[sampleOf[r]!]!]! + Math.log1p(others);
    }
  };
}
