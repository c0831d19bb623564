import { type Noisy, noisy, type Rounding } from '../noisy.ts';
import type { Stage } from './network.ts';

// The linear layer's line of the tolerance (check/layers/linear.ts, whose header has the formulas),
// in loops that read memory in order: three times as fast on 784 × 256, which the sweep needs since
// its differences are cheaper than their tolerance.

/** z = a Wᵀ + b with the variance of its rounding. */
export function linearForward(stage: Stage, rounding: Rounding, a: Noisy): Noisy {
  const { in: width, out, weight, bias } = stage;
  const z = noisy(a.rows, out);
  const { value: x, variance: vx } = a;
  const exact = isZero(vx);
  const factor = rounding.sum(1, width + (bias ? 1 : 0));
  const floor = rounding.sum(0, width + (bias ? 1 : 0));
  for (let r = 0; r < a.rows; r++) {
    const from = r * width;
    for (let o = 0; o < out; o++) {
      const at = o * width;
      let sum = bias ? bias[o]! : 0;
      let magnitude = Math.abs(sum);
      let variance = 0;
      if (exact) {
        for (let i = 0; i < width; i++) {
          const term = weight[at + i]! * x[from + i]!;
          sum += term;
          magnitude += Math.abs(term);
        }
      } else {
        for (let i = 0; i < width; i++) {
          const w = weight[at + i]!;
          const term = w * x[from + i]!;
          sum += term;
          magnitude += Math.abs(term);
          variance += w * w * vx[from + i]!;
        }
      }
      z.value[r * out + o] = sum;
      z.variance[r * out + o] = variance + (factor - floor) * magnitude * magnitude + floor;
    }
  }
  return z;
}

/** ∂loss/∂a from ∂loss/∂z. */
export function linearBackward(stage: Stage, rounding: Rounding, delta: Noisy): Noisy {
  const { in: width, out, weight } = stage;
  const da = noisy(delta.rows, width);
  const magnitude = new Float64Array(width);
  const floor = rounding.sum(0, out);
  const factor = rounding.sum(1, out) - floor;
  for (let r = 0; r < delta.rows; r++) {
    const into = da.value.subarray(r * width, (r + 1) * width);
    const spread = da.variance.subarray(r * width, (r + 1) * width);
    magnitude.fill(0);
    for (let o = 0; o < out; o++) {
      const d = delta.value[r * out + o]!;
      const v = delta.variance[r * out + o]!;
      const at = o * width;
      for (let i = 0; i < width; i++) {
        const w = weight[at + i]!;
        const term = w * d;
        into[i]! += term;
        magnitude[i]! += Math.abs(term);
        spread[i]! += w * w * v;
      }
    }
    for (let i = 0; i < width; i++) spread[i]! += factor * magnitude[i]! * magnitude[i]! + floor;
  }
  return da;
}

/** Fills the variance of dW [out, in] and db [out] at the stage's offsets of `grads`. */
export function parameterVariance(
  grads: Float64Array,
  stage: Stage,
  rounding: Rounding,
  a: Noisy,
  delta: Noisy,
): void {
  const { in: width, out } = stage;
  const { rows, value: x, variance: vx } = a;
  const exact = isZero(vx);
  const magnitude = new Float64Array(width);
  const floor = rounding.sum(0, rows);
  const factor = rounding.sum(1, rows) - floor;
  for (let o = 0; o < out; o++) {
    const at = stage.weightOffset + o * width;
    const into = grads.subarray(at, at + width);
    magnitude.fill(0);
    into.fill(floor);
    let biasMagnitude = 0;
    let biasVariance = 0;
    for (let r = 0; r < rows; r++) {
      const d = delta.value[r * out + o]!;
      const v = delta.variance[r * out + o]!;
      const size = Math.abs(d);
      const d2 = d * d;
      const from = r * width;
      if (exact) {
        for (let i = 0; i < width; i++) {
          const value = x[from + i]!;
          magnitude[i]! += size * Math.abs(value);
          into[i]! += value * value * v;
        }
      } else {
        for (let i = 0; i < width; i++) {
          const value = x[from + i]!;
          magnitude[i]! += size * Math.abs(value);
          into[i]! += value * value * v + d2 * vx[from + i]!;
        }
      }
      biasMagnitude += size;
      biasVariance += v;
    }
    for (let i = 0; i < width; i++) into[i]! += factor * magnitude[i]! * magnitude[i]!;
    if (stage.bias) {
      grads[stage.biasOffset + o] = biasVariance + factor * biasMagnitude * biasMagnitude + floor;
    }
  }
}

function isZero(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return false;
  return true;
}
