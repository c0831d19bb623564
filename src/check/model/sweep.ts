import { leastNoise } from '../../numeric/noise.ts';
import type { BasePoint } from './base-point.ts';
import type { Network } from './network.ts';
import { type Deltas, PROBES, shifter } from './shift.ts';

export interface Sweep {
  readonly deltas: readonly Deltas[];
  /** Shifts of one unit of all samples at once, each with everything above it computed again. */
  readonly evaluations: number;
}

/**
 * First half-steps. Activations and losses bend on a scale of 1: there 1/128 and two halvings leave
 * an extrapolation error and noise of about 1e-12 each (W5: largest bar 4e-11 of the largest entry;
 * 2e-10 with 1/32, and 4e-11 with 1/256). The larger one serves gradients that vanish in their loss's
 * rounding, the smaller ones networks that bend faster or whose domain is nearer. Powers of two:
 * z ± h is mostly exact.
 */
const STEPS = [2 ** -7, 2 ** -1, 2 ** -11, 2 ** -15, 2 ** -20] as const;
/** A bar this small a share of max(|δ|, rms δ) is not worth another step: a thousandth of rtol. */
const SHARP = 1e-9;

/**
 * Shifts every pre-activation of every sample, computes again only what lies above it, and
 * differences each sample's own loss at h, h/2 and h/4 (Richardson). No derivative rule is used, only
 * values. `samples` restricts the work to these; the others' deltas stay 0.
 */
export function sweep(
  network: Network,
  base: BasePoint,
  lossVariance: Float64Array,
  samples: readonly number[] = Array.from({ length: network.rows }, (_, n) => n),
): Sweep {
  const noise = lossNoise(base, lossVariance);
  let evaluations = 0;
  const deltas = network.stages.map(({ out, after }, s) => {
    const shift = shifter(network, base, s, noise);
    const value = new Float64Array(network.rows * out);
    const bar = new Float64Array(network.rows * out).fill(Number.POSITIVE_INFINITY);
    for (const { spec, layer } of after) {
      if (spec.kind === 'relu') settleConstant(bar, base.branches[layer]!, base, samples);
    }
    let scale = 0;
    for (const step of STEPS) {
      let dull = false;
      for (let unit = 0; unit < out; unit++) {
        const pending = samples.filter((n) => !isSharp(value, bar, n * out + unit, scale));
        if (pending.length === 0) continue;
        dull = true;
        shift({ value, bar }, unit, pending, step);
        evaluations += PROBES;
      }
      if (!dull) break;
      scale = rms(value, bar);
    }
    return { value, bar };
  });
  return { deltas, evaluations };
}

/** ε_f: a bound on the rounding error of each sample's loss. */
export const lossNoise = ({ sampleLoss }: BasePoint, variance: Float64Array): Float64Array =>
  sampleLoss.map((f, n) => Math.max(leastNoise(f), 3 * Math.sqrt(variance[n]!)));

/** A branch that is a constant, as a ReLU's at 0 and below, makes a derivative of 0 exactly. */
function settleConstant(
  bar: Float64Array,
  above: Uint8Array,
  { sampleLoss }: BasePoint,
  samples: readonly number[],
): void {
  const out = above.length / sampleLoss.length;
  for (const n of samples) {
    if (!Number.isFinite(sampleLoss[n]!)) continue;
    for (let i = n * out; i < (n + 1) * out; i++) if (above[i] === 0) bar[i] = 0;
  }
}

const isSharp = (value: Float64Array, bar: Float64Array, at: number, scale: number): boolean =>
  bar[at]! <= SHARP * Math.max(Math.abs(value[at]!), scale);

/** Of the differences that are known at all. */
function rms(value: Float64Array, bar: Float64Array): number {
  let squares = 0;
  let count = 0;
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(bar[i]!)) continue;
    squares += value[i]! ** 2;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(squares / count);
}
