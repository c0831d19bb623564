import { leastNoise } from '../../numeric/noise.ts';

/** A derivative from one side, with an error bar. */
export interface OneSided {
  /** NaN where no three successive rungs were finite. */
  readonly derivative: number;
  /** A bound on its error; Infinity where nothing converged. */
  readonly uncertainty: number;
}

export interface OneSidedOptions {
  readonly noise: number;
  readonly value: number;
  /** The first step; probes go beyond x by this and less. */
  readonly firstStep: number;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  readonly dtype?: 'float64' | 'float32';
}

// As in numeric/ladder.ts, whose error bar this is.
const RUNGS = 30;
const COLUMNS = 6;
const HOPELESS = 4;
const SAFETY = 3;

/**
 * The derivative of f at x from the right (`side` 1) or the left (−1): a Ridders ladder on
 * (f(x ± h) − f(x)) / h, whose error has all powers of h. Two values a step apart leave twice the
 * noise of two values two steps apart.
 */
export function oneSided(
  f: (x: number) => number,
  at: number,
  side: 1 | -1,
  { noise, value, firstStep, lower = -Infinity, upper = Infinity, dtype }: OneSidedOptions,
): OneSided {
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const x = round(at);
  let best = { derivative: Number.NaN, error: Infinity };
  let rows: readonly number[][] = [];
  let h = firstStep;
  for (let rung = 0; rung < RUNGS; h /= 2) {
    const probe = round(x + side * h);
    if (probe === x) break;
    if (probe < lower || probe > upper) continue;
    const found = f(probe);
    if (!Number.isFinite(found)) {
      rows = [];
      continue;
    }
    rung++;
    rows = [...rows.slice(-2), extrapolate((found - value) / (probe - x), rows.at(-1))];
    const blur = (2 * Math.max(noise, leastNoise(found, dtype))) / h;
    best = better(best, rows, blur);
    if (blur > HOPELESS * best.error) break;
  }
  return { derivative: best.derivative, uncertainty: SAFETY * best.error };
}

function extrapolate(first: number, previous: readonly number[] | undefined): number[] {
  const row = [first];
  let power = 2;
  for (const above of previous?.slice(0, COLUMNS - 1) ?? []) {
    row.push((power * row.at(-1)! - above) / (power - 1));
    power *= 2;
  }
  return row;
}

function better(
  best: { derivative: number; error: number },
  rows: readonly number[][],
  blur: number,
): { derivative: number; error: number } {
  const [oldest, previous, latest] = rows;
  if (!oldest || !previous || !latest) return best;
  let found = best;
  for (let j = 0; j < oldest.length; j++) {
    const error =
      Math.max(Math.abs(latest[j]! - previous[j]!), Math.abs(previous[j]! - oldest[j]!)) + blur;
    if (error < found.error) found = { derivative: latest[j]!, error };
  }
  return found;
}
