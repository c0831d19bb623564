import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { leastNoise } from '../../numeric/noise.ts';
import type { Seen, Surroundings } from './both-sides.ts';
import { oneSided } from './one-sided.ts';

/** Halvings of the first step after which f is taken for itself. */
const FROM = 4;
/** The slope must grow over so many more, a factor of 4,000 in the step, and is followed so far at most. */
const LEAST = 12;
const MOST = 60;
/** Each halving adds half as much as the one before where f is smooth, as much for x log x at 0. */
const STEADY = 0.95;
/** Growth counts while it stands this far above its noise, and the step above the rounding of x. */
const VISIBLE = 8;
const EXACT = 2 ** 8;

/**
 * Where f's slope grows without bound as the step shrinks, as of √x or x log x at 0 and of ∛x, the
 * derivative is ±∞, on one side or on both, and no claim is judged by it. Null elsewhere.
 */
export function atVertical(
  f: (t: number) => number,
  at: number,
  around: Surroundings,
): Seen | null {
  const [below, above] = [unbounded(f, at, -1, around), unbounded(f, at, 1, around)];
  if (below === 0 && above === 0) return null;
  // Beside it the other side may have a slope, or, where f ends, none.
  const left = below || oneSided(f, at, -1, around).derivative;
  const right = above || oneSided(f, at, 1, around).derivative;
  const seen = { verdict: 'unresolved', uncertainty: Infinity, tolerance: 0 } as const;
  return left === right || Number.isNaN(left) || Number.isNaN(right)
    ? { ...seen, expected: below || above, sides: null }
    : { ...seen, expected: Number.NaN, sides: { left, right } };
}

/** Was the slope found to grow so, on one side at least? */
export const isVertical = ({ expected, sides }: Pick<Seen, 'expected' | 'sides'>): boolean =>
  [expected, sides?.left, sides?.right].some((slope) => Math.abs(slope ?? 0) === Infinity);

/** ±∞ where the slope from x to one side grows so, else 0. */
function unbounded(
  f: (t: number) => number,
  at: number,
  side: 1 | -1,
  { value, noise, firstStep, lower, upper, dtype }: Surroundings,
): number {
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  let [slope, growth, steps] = [Number.NaN, 0, 0];
  for (let k = FROM; k < MOST; k++) {
    const h = firstStep / 2 ** k;
    const probe = round(at + side * h);
    if (h <= EXACT * UNIT_ROUNDOFF[dtype] * Math.abs(at) || probe < lower || probe > upper) break;
    const found = f(probe);
    const before = slope;
    slope = (found - value) / (probe - at);
    if (!Number.isFinite(slope)) return 0;
    if (Number.isNaN(before)) continue;
    const grown = slope * Math.sign(before) - Math.abs(before);
    const least = (VISIBLE * 2 * Math.max(noise, leastNoise(found, dtype))) / h;
    const hidden = Math.abs(grown) <= least;
    // What no longer grows though that would show has a slope, as a ReLU beside 0.
    if (hidden ? STEADY * growth > 2 * least : grown < STEADY * growth || grown < 0) return 0;
    if (hidden) break;
    growth = grown;
    steps++;
  }
  return steps < LEAST ? 0 : Math.sign(slope) * Infinity;
}
