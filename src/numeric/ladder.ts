import type { Dtype } from './dtype.ts';
import { leastNoise } from './noise.ts';

/** A derivative with an error bar. */
export interface Ladder {
  /** NaN where no three successive rungs were finite. */
  readonly derivative: number;
  /** A bound on its error; Infinity where nothing converged. */
  readonly uncertainty: number;
  /** Derivatives from the left and from the right: they differ by more than the noise at a kink. */
  readonly left: number;
  readonly right: number;
  /** Calls of f. */
  readonly evaluations: number;
}

export interface LadderOptions {
  /** A bound on the rounding error of f's values (`noiseBound`). */
  readonly noise: number;
  /** f(x), if known already. */
  readonly value?: number;
  /** The first half-step; 0.1 · max(1, |x|) unless said. */
  readonly firstStep?: number;
  /** The domain of f: no probe leaves it. */
  readonly lower?: number;
  readonly upper?: number;
  /** The precision f computes in: x and each probe are rounded to it first; float64 unless said. */
  readonly dtype?: Dtype;
}

const RUNGS = 30;
/** Extrapolations above this order gain nothing: rounding grows, and their steps span a factor 32. */
const COLUMNS = 6;
/** Once noise alone exceeds this many times the best error, smaller steps only lose. */
const HOPELESS = 4;
/** Disagreement of neighbours estimates the error; the truth is nearly always within three of it. */
const SAFETY = 3;

/**
 * f′(x) by central differences at steps halved again and again, extrapolated to step 0 (Richardson;
 * Ridders 1982). An extrapolated column counts only when three successive rungs of it agree. The
 * error bar is three times the sum of their largest disagreement, the noise f's rounding leaves
 * after division by the step, and half of what the two one-sided derivatives differ by, extrapolated
 * likewise: at a kink the central differences agree perfectly, on the mean of both slopes.
 */
export function ladder(f: (x: number) => number, at: number, options: LadderOptions): Ladder {
  const { noise, lower = -Infinity, upper = Infinity, dtype = 'float64' } = options;
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const x = round(at);
  const value = options.value ?? f(x);
  let evaluations = options.value === undefined ? 1 : 0;
  let best = { derivative: Number.NaN, error: Infinity, jump: Number.NaN };
  let slopes: readonly number[][] = [];
  let jumps: readonly number[][] = [];
  let h = options.firstStep ?? 0.1 * Math.max(1, Math.abs(x));
  for (let rung = 0; rung < RUNGS && Number.isFinite(value); h /= 2) {
    const right = round(x + h);
    const left = round(x - h);
    if (right === x || left === x) break;
    if (left < lower || right > upper) continue;
    const above = f(right);
    const below = f(left);
    evaluations += 2;
    if (!Number.isFinite(above) || !Number.isFinite(below)) {
      [slopes, jumps] = [[], []];
      continue;
    }
    rung++;
    const jump = (above - value) / (right - x) - (value - below) / (x - left);
    // The error of a central difference has even powers of h, that of the jump odd ones.
    slopes = [...slopes.slice(-2), extrapolate((above - below) / (right - left), slopes.at(-1), 4)];
    jumps = [...jumps.slice(-2), extrapolate(jump, jumps.at(-1), 2)];
    // f(x) may vanish where its neighbours do not.
    const blur = Math.max(noise, leastNoise(above, dtype), leastNoise(below, dtype)) / h;
    best = better(best, slopes, jumps, blur);
    if (blur > HOPELESS * best.error) break;
  }
  return {
    derivative: best.derivative,
    uncertainty: SAFETY * best.error,
    left: best.derivative - best.jump / 2,
    right: best.derivative + best.jump / 2,
    evaluations,
  };
}

/** A new row of the tableau: each column removes the next power of h², the first being `factor`. */
function extrapolate(
  first: number,
  previous: readonly number[] | undefined,
  factor: number,
): number[] {
  const row = [first];
  let power = factor;
  for (const above of previous?.slice(0, COLUMNS - 1) ?? []) {
    row.push((power * row.at(-1)! - above) / (power - 1));
    power *= 4;
  }
  return row;
}

interface Estimate {
  readonly derivative: number;
  readonly error: number;
  readonly jump: number;
}

/** The better of `best` and what three successive rungs of one column agree on. */
function better(
  best: Estimate,
  slopes: readonly number[][],
  jumps: readonly number[][],
  noise: number,
): Estimate {
  const [oldest, previous, latest] = slopes;
  if (!oldest || !previous || !latest) return best;
  let found = best;
  for (let j = 0; j < oldest.length; j++) {
    const derivative = latest[j]!;
    const jump = jumps[2]![j]!;
    // One of three successive jumps may vanish by coincidence: where what extrapolation leaves of the
    // curvature cancels a small kink.
    const largestJump = Math.max(...jumps.map((row) => Math.abs(row[j]!)));
    const disagreement = Math.max(
      Math.abs(derivative - previous[j]!),
      Math.abs(previous[j]! - oldest[j]!),
    );
    const error = disagreement + noise + largestJump / 2;
    if (error < found.error) found = { derivative, error, jump };
  }
  return found;
}
