import { leastNoise } from '../../numeric/noise.ts';
import type { BasePoint } from './base-point.ts';
import type { Network } from './network.ts';
import { pointwiseInPlace } from './pointwise.ts';
import { tailLosses } from './tail-losses.ts';

/** ∂(sample's loss)/∂z of one stage, before the reduction, with a bound on each error: [rows, out]. */
export interface Deltas {
  readonly value: Float64Array;
  readonly bar: Float64Array;
}

/** h, h/2 and h/4, each up and down. */
export const PROBES = 6;
/** As in `ladder`: the truth is nearly always within three of the disagreement. */
const SAFETY = 3;
/** Samples shifted together: their rows, six each, stay in the second-level cache at widths to 128. */
const CHUNK = 32;

/** Differences one unit's loss for some samples; keeps, for each, what has the smallest bar. */
export type Shift = (into: Deltas, unit: number, samples: readonly number[], step: number) => void;

/** Six shifts of one unit for some samples, those of one sample side by side. */
interface Probes {
  readonly sampleOf: Int32Array;
  /** Row-major in the stage's pre-activations. */
  readonly elementOf: Int32Array;
  /** z ± h, then what the next stage reads of it. */
  readonly moved: Float64Array;
}

/**
 * Shifts of one stage's units; `noise` is ε_f of each sample's loss.
 *
 * Most of what the first check of a process costs, and mostly there is no other, is code that is not
 * compiled yet. So the loops stand in small functions that are called often: these are compiled
 * early, and once, while the compiled form of a long loop ends with the loop.
 */
export function shifter(network: Network, base: BasePoint, s: number, noise: Float64Array): Shift {
  const { out, after } = network.stages[s]!;
  const next = network.stages[s + 1];
  const { rows, sampleOf, losses } = tailLosses(network, base, s + 1, PROBES * CHUNK);
  const z = base.z[s]!;
  const unmoved = next ? base.entering[s + 1]! : base.read;
  const above = next ? base.z[s + 1]! : base.read;
  const elementOf = new Int32Array(PROBES * CHUNK);
  const moved = new Float64Array(PROBES * CHUNK);
  const probes: Probes = { sampleOf, elementOf, moved };
  return (into, unit, samples, step) => {
    for (let from = 0; from < samples.length; from += CHUNK) {
      const count = PROBES * Math.min(CHUNK, samples.length - from);
      moveUnit(probes, count, z, out, unit, step, samples, from);
      // One column, whose entries have the branches of their elements.
      for (const { spec, layer } of after) {
        pointwiseInPlace(spec, moved, count, 1, base.branches[layer]!, elementOf);
      }
      // Without a next stage a unit is an output, and what it changes is itself.
      if (next) addChanges(rows, above, probes, count, unmoved, next.turned!, next.out, unit);
      else replaceOutput(rows, above, probes, count, out, unit);
      keepSharper(into, probes, count, losses(count), z, step, noise);
    }
  };
}

function moveUnit(
  { sampleOf, elementOf, moved }: Probes,
  count: number,
  z: Float64Array,
  out: number,
  unit: number,
  step: number,
  samples: readonly number[],
  from: number,
): void {
  for (let k = 0; k < count; k++) {
    const n = samples[from + ((k / PROBES) | 0)]!;
    sampleOf[k] = n;
    elementOf[k] = n * out + unit;
    moved[k] = shifted(z[n * out + unit]!, step, k % PROBES);
  }
}

/** Row k: the next stage's pre-activations with what the unit's change adds to them. */
function addChanges(
  rows: Float64Array,
  above: Float64Array,
  { sampleOf, elementOf, moved }: Probes,
  count: number,
  unmoved: Float64Array,
  /** [in, out] of the next stage. */
  turned: Float64Array,
  width: number,
  unit: number,
): void {
  for (let k = 0; k < count; k++) {
    const change = moved[k]! - unmoved[elementOf[k]!]!;
    const from = sampleOf[k]! * width;
    for (let c = 0; c < width; c++) {
      rows[k * width + c] = above[from + c]! + change * turned[unit * width + c]!;
    }
  }
}

/** Row k: the outputs with the moved one in its place. */
function replaceOutput(
  rows: Float64Array,
  outputs: Float64Array,
  { sampleOf, moved }: Probes,
  count: number,
  width: number,
  unit: number,
): void {
  for (let k = 0; k < count; k++) {
    const from = sampleOf[k]! * width;
    for (let c = 0; c < width; c++) rows[k * width + c] = outputs[from + c]!;
    rows[k * width + unit] = moved[k]!;
  }
}

/** Richardson's extrapolation of each sample's differences. */
function keepSharper(
  { value, bar }: Deltas,
  { sampleOf, elementOf }: Probes,
  count: number,
  losses: Float64Array,
  z: Float64Array,
  step: number,
  noise: Float64Array,
): void {
  for (let k = 0; k < count; k += PROBES) {
    const element = elementOf[k]!;
    const coarse = slope(losses, k, z[element]!, step, 0);
    const middle = slope(losses, k, z[element]!, step, 2);
    const fine = slope(losses, k, z[element]!, step, 4);
    const first = (4 * middle - coarse) / 3;
    const second = (4 * fine - middle) / 3;
    const best = (16 * second - first) / 15;
    // A small loss grows with the step, and with it what its sum rounds.
    let largest = 0;
    for (let p = k; p < k + PROBES; p++) largest = Math.max(largest, Math.abs(losses[p]!));
    const rounding = Math.max(noise[sampleOf[k]!]!, leastNoise(largest));
    const error = SAFETY * (Math.abs(best - second) + (4 * rounding) / step);
    // The sum over the batch rounds too, by at most its length.
    const uncertainty = error + (noise.length + 1) * 2 ** -53 * Math.abs(best);
    if (uncertainty < bar[element]!) {
      value[element] = best;
      bar[element] = uncertainty;
    }
  }
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
