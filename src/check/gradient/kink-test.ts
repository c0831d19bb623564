import { leastNoise } from '../../numeric/noise.ts';
import type { OneSidedOptions } from './one-sided.ts';

/** Halvings without a fall that make a kink, and how far each may fall: half is smooth. */
const HALVINGS = 3;
const FALL = 0.75;
/** J counts while it stands this far above its noise: then that moves its ratio by an eighth at most. */
const VISIBLE = 16;

/**
 * Has f a corner at x? J(h) = |f(x+h) + f(x−h) − 2f(x)| / h falls with h where f is smooth and stays
 * at a corner. What counts is the last stretch above the noise: tanh(1e4 x) looks like a corner at
 * large steps and is none, and a smooth function written with corners that cancel has none. Steps
 * below `leastStep`, at which no derivative could be told as closely as is asked, are not looked at: a
 * corner nearer than that is at x.
 */
export function hasKink(
  f: (x: number) => number,
  x: number,
  { noise, value, firstStep, lower = -Infinity, upper = Infinity, dtype }: OneSidedOptions,
  leastStep = 0,
): boolean {
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  let stretch: number[] = [];
  let last: readonly number[] = [];
  let hidden = 0;
  for (let h = firstStep; h >= leastStep; h /= 2) {
    const [above, below] = [round(x + h), round(x - h)];
    if (above === x || below === x) break;
    if (below < lower || above > upper) continue;
    const [fAbove, fBelow] = [f(above), f(below)];
    const jump = (fAbove - value) / (above - x) - (value - fBelow) / (x - below);
    const blur = Math.max(noise, leastNoise(fAbove, dtype), leastNoise(fBelow, dtype)) * (4 / h);
    if (Math.abs(jump) > VISIBLE * blur) {
      stretch.push(Math.abs(jump));
      last = stretch;
      hidden = 0;
    } else {
      stretch = [];
      // It may cross 0, but below its noise for good it does not come back.
      if (last.length > 0 && ++hidden > HALVINGS) break;
    }
  }
  const end = last.slice(-HALVINGS - 1);
  return end.length > HALVINGS && end.every((j, k) => k === 0 || j > FALL * end[k - 1]!);
}
