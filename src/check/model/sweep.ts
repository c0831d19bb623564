import { leastNoise } from '../../numeric/noise.ts';
import type { BasePoint } from './base-point.ts';
import type { Network, Stage } from './network.ts';
import { pointwiseValue } from './pointwise.ts';
import { type TailLosses, tailLosses } from './tail-losses.ts';

/** ∂(sample's loss)/∂z of one stage, before the reduction, with a bound on each error: [rows, out]. */
export interface Deltas {
  readonly value: Float64Array;
  readonly bar: Float64Array;
}

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
/** h, h/2 and h/4, each up and down. */
const PROBES = 6;
/** As in `ladder`: the truth is nearly always within three of the disagreement. */
const SAFETY = 3;
/** A bar this small a share of max(|δ|, rms δ) is not worth another step: a thousandth of rtol. */
const SHARP = 1e-9;
/** Samples shifted together: their rows, six each, stay in the second-level cache at widths to 128. */
const CHUNK = 32;

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
  const deltas = network.stages.map((stage, s) => {
    const shift = shifter(network, base, s, noise);
    const value = new Float64Array(network.rows * stage.out);
    const bar = new Float64Array(network.rows * stage.out).fill(Number.POSITIVE_INFINITY);
    let scale = 0;
    for (const [attempt, step] of STEPS.entries()) {
      let dull = false;
      for (let unit = 0; unit < stage.out; unit++) {
        const pending =
          attempt === 0
            ? samples
            : samples.filter((n) => !isSharp(value, bar, n * stage.out + unit, scale));
        if (pending.length === 0) continue;
        dull = true;
        for (let from = 0; from < pending.length; from += CHUNK) {
          shift(unit, pending.slice(from, from + CHUNK), step, value, bar);
        }
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

/** Differences of one unit for some samples; keeps, for each, what has the smallest bar. */
type Shift = (
  unit: number,
  samples: readonly number[],
  step: number,
  value: Float64Array,
  bar: Float64Array,
) => void;

function shifter(network: Network, base: BasePoint, s: number, noise: Float64Array): Shift {
  const stage = network.stages[s]!;
  const next = network.stages[s + 1];
  const tail = tailLosses(network, base, s + 1, PROBES * CHUNK);
  const unshifted = unshiftedLosses(network, base, s, tail);
  const z = base.z[s]!;
  const width = next ? next.out : network.problem.model.outputs;
  const start = next ? base.z[s + 1]! : base.read;
  // Without a next stage a unit is an output, and what it changes is itself.
  const outgoing = next ? next.turned : null;
  const { out } = stage;
  const after = stage.after.map(({ spec, layer }) => ({ spec, above: base.branches[layer]! }));
  const { rows, sampleOf } = tail;
  const rowOf = new Int32Array(PROBES * CHUNK);
  const losses = new Float64Array(PROBES * CHUNK);

  const reached = (from: number, element: number): number => {
    let v = from;
    for (let k = 0; k < after.length; k++) {
      const { spec, above } = after[k]!;
      v = pointwiseValue(spec, v, above ? above[element]! : 0);
    }
    return v;
  };

  return (unit, samples, step, value, bar) => {
    let count = 0;
    for (let k = 0; k < samples.length; k++) {
      const n = samples[k]!;
      const element = n * out + unit;
      const at = z[element]!;
      const a = reached(at, element);
      for (let p = 0; p < PROBES; p++) {
        const moved = reached(shifted(at, step, p), element);
        const change = moved - a;
        if (change === 0) {
          rowOf[PROBES * k + p] = -1;
          continue;
        }
        const row = count * width;
        const from = n * width;
        if (outgoing) {
          const w = unit * width;
          for (let c = 0; c < width; c++)
            rows[row + c] = start[from + c]! + change * outgoing[w + c]!;
        } else {
          for (let c = 0; c < width; c++) rows[row + c] = start[from + c]!;
          rows[row + unit] = moved;
        }
        sampleOf[count] = n;
        rowOf[PROBES * k + p] = count++;
      }
    }
    const computed = tail.losses(count);
    for (let k = 0; k < PROBES * samples.length; k++) {
      const row = rowOf[k]!;
      losses[k] = row < 0 ? unshifted[samples[(k / PROBES) | 0]!]! : computed[row]!;
    }
    for (let k = 0; k < samples.length; k++) {
      const n = samples[k]!;
      const element = n * out + unit;
      const at = z[element]!;
      const p = PROBES * k;
      const coarse = slope(losses, p, at, step, 0);
      const middle = slope(losses, p, at, step, 2);
      const fine = slope(losses, p, at, step, 4);
      const first = (4 * middle - coarse) / 3;
      const second = (4 * fine - middle) / 3;
      const best = (16 * second - first) / 15;
      // A small loss grows with the step, and with it what its sum rounds.
      let largest = 0;
      for (let q = p; q < p + PROBES; q++) largest = Math.max(largest, Math.abs(losses[q]!));
      const rounding = Math.max(noise[n]!, leastNoise(largest));
      const held = isHeld(rowOf, p) && isConstant(after, element);
      const error = held ? 0 : SAFETY * (Math.abs(best - second) + (4 * rounding) / step);
      // The sum over the batch rounds too, by at most its length.
      const uncertainty = error + (network.rows + 1) * 2 ** -53 * Math.abs(best);
      if (uncertainty < bar[element]!) {
        value[element] = best;
        bar[element] = uncertainty;
      }
    }
  };
}

/** Probe 0 is z + h, 1 is z − h, 2 and 3 at half that step, 4 and 5 at a quarter. */
const shifted = (z: number, step: number, probe: number): number => {
  const h = step / (1 << (probe >> 1));
  return (probe & 1) === 0 ? z + h : z - h;
};

/** The central difference of probes `first` and `first` + 1, by the step actually taken. */
const slope = (
  losses: Float64Array,
  from: number,
  z: number,
  step: number,
  first: number,
): number =>
  (losses[from + first]! - losses[from + first + 1]!) /
  (shifted(z, step, first) - shifted(z, step, first + 1));

const isHeld = (rowOf: Int32Array, from: number): boolean => {
  for (let p = 0; p < PROBES; p++) if (rowOf[from + p] !== -1) return false;
  return true;
};

/** Whether a branch on the way is a constant, as a ReLU below 0: then the derivative is 0 exactly. */
const isConstant = (
  after: readonly { spec: Stage['after'][number]['spec']; above: Uint8Array | null }[],
  element: number,
): boolean =>
  after.some(({ spec, above }) => spec.kind === 'relu' && above !== null && above[element] === 0);

/** Each sample's loss by the same loops as the shifted ones', so that no shift gives no difference. */
function unshiftedLosses(
  network: Network,
  base: BasePoint,
  s: number,
  tail: TailLosses,
): Float64Array {
  const next = network.stages[s + 1];
  const width = next ? next.out : network.problem.model.outputs;
  const start = next ? base.z[s + 1]! : base.read;
  const all = new Float64Array(network.rows);
  for (let from = 0; from < network.rows; from += CHUNK) {
    const count = Math.min(CHUNK, network.rows - from);
    tail.rows.set(start.subarray(from * width, (from + count) * width));
    for (let r = 0; r < count; r++) tail.sampleOf[r] = from + r;
    all.set(tail.losses(count).subarray(0, count), from);
  }
  return all;
}
