import { type Noisy, noisy, type Rounding } from '../noisy.ts';
import type { Stage } from './network.ts';

// The linear layer's line of the tolerance (check/layers/linear.ts, whose header has the formulas),
// in loops that read memory in order: three times as fast on 784 × 256, which the sweep needs since
// its differences are cheaper than their tolerance. One row of a matrix a call: see `shifter`.

/** z = a Wᵀ + b with the variance of its rounding. */
export function linearForward(stage: Stage, rounding: Rounding, a: Noisy): Noisy {
  const { in: width, out, weight, bias } = stage;
  const z = noisy(a.rows, out);
  const floor = rounding.sum(0, width + (bias ? 1 : 0));
  const factor = rounding.sum(1, width + (bias ? 1 : 0)) - floor;
  for (let r = 0; r < a.rows; r++) {
    for (let o = 0; o < out; o++) {
      const k = r * out + o;
      z.value[k] = bias ? bias[o]! : 0;
      const magnitude = addTerms(z, k, weight, o * width, a, r * width, width);
      z.variance[k]! += factor * magnitude * magnitude + floor;
    }
  }
  return z;
}

/** Adds Σ w x to z's entry, Σ w² V(x) to its variance; returns Σ |w x| with what was there. */
function addTerms(
  z: Noisy,
  entry: number,
  weight: Float64Array,
  at: number,
  a: Noisy,
  from: number,
  count: number,
): number {
  const { value: x, variance: vx } = a;
  let sum = z.value[entry]!;
  let magnitude = Math.abs(sum);
  let variance = 0;
  for (let i = 0; i < count; i++) {
    const w = weight[at + i]!;
    const term = w * x[from + i]!;
    sum += term;
    magnitude += Math.abs(term);
    variance += w * w * vx[from + i]!;
  }
  z.value[entry] = sum;
  z.variance[entry] = variance;
  return magnitude;
}

/** ∂loss/∂a from ∂loss/∂z. */
export function linearBackward(stage: Stage, rounding: Rounding, delta: Noisy): Noisy {
  const { in: width, out, weight } = stage;
  const da = noisy(delta.rows, width);
  const magnitude = new Float64Array(width);
  const floor = rounding.sum(0, out);
  const factor = rounding.sum(1, out) - floor;
  for (let r = 0; r < delta.rows; r++) {
    magnitude.fill(0);
    for (let o = 0; o < out; o++) {
      const k = r * out + o;
      addBackward(da, r * width, magnitude, weight, o * width, delta.value[k]!, delta.variance[k]!);
    }
    addRounding(da.variance, r * width, magnitude, factor, floor);
  }
  return da;
}

/** Adds w δ to a row of ∂loss/∂a, w² V(δ) to its variance and |w δ| to the magnitudes. */
function addBackward(
  { value, variance }: Noisy,
  at: number,
  magnitude: Float64Array,
  weight: Float64Array,
  from: number,
  d: number,
  v: number,
): void {
  for (let i = 0; i < magnitude.length; i++) {
    const w = weight[from + i]!;
    const term = w * d;
    value[at + i]! += term;
    magnitude[i]! += Math.abs(term);
    variance[at + i]! += w * w * v;
  }
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
  const { rows } = a;
  const magnitude = new Float64Array(width);
  const floor = rounding.sum(0, rows);
  const factor = rounding.sum(1, rows) - floor;
  for (let o = 0; o < out; o++) {
    const at = stage.weightOffset + o * width;
    magnitude.fill(0);
    grads.fill(floor, at, at + width);
    let biasMagnitude = 0;
    let biasVariance = 0;
    for (let r = 0; r < rows; r++) {
      const d = delta.value[r * out + o]!;
      const v = delta.variance[r * out + o]!;
      addParameterRow(grads, at, magnitude, a, r * width, d, v);
      biasMagnitude += Math.abs(d);
      biasVariance += v;
    }
    addRounding(grads, at, magnitude, factor, 0);
    if (stage.bias) {
      grads[stage.biasOffset + o] = biasVariance + factor * biasMagnitude * biasMagnitude + floor;
    }
  }
}

/** Adds a² V(δ) + δ² V(a) to a row of dW's variance and |δ a| to the magnitudes. */
function addParameterRow(
  grads: Float64Array,
  at: number,
  magnitude: Float64Array,
  { value: a, variance: va }: Noisy,
  from: number,
  d: number,
  v: number,
): void {
  const size = Math.abs(d);
  const d2 = d * d;
  for (let i = 0; i < magnitude.length; i++) {
    const x = a[from + i]!;
    magnitude[i]! += size * Math.abs(x);
    grads[at + i]! += x * x * v + d2 * va[from + i]!;
  }
}

/** Adds what sums of these magnitudes round. */
function addRounding(
  variance: Float64Array,
  at: number,
  magnitude: Float64Array,
  factor: number,
  floor: number,
): void {
  for (let i = 0; i < magnitude.length; i++) {
    variance[at + i]! += factor * magnitude[i]! * magnitude[i]! + floor;
  }
}
