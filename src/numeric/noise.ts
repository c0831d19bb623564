import { type Dtype, UNIT_ROUNDOFF } from './dtype.ts';

/** Eight samples give seven difference orders; six are enough to see noise level off. */
const SAMPLES = 8;
/** Orders whose estimates must agree: lower ones still see the function's slope and curvature. */
const LEVELS = [4, 5, 6];
/** Moré and Wild's factor within which the orders must agree. */
const SPREAD = 4;
/**
 * The first spacing, a few hundred times that of doubles: noise dominates any smooth change. No
 * power of two: probes that share their trailing zeros with x would be computed without rounding.
 */
const FIRST_SPACING = 6.1e-14;
/** Spacings grow by this while samples coincide; fifteen of them reach a quarter of the scale. */
const GROWTH = 8;
const ATTEMPTS = 15;
/**
 * Each spacing is tried twice, the second time so much wider. Where f rounds to multiples of a step,
 * samples that happen to advance by 1, 2 or 3 whole steps (growth lets them not by more) look exact;
 * times the golden ratio these are 0.15 and more off a whole number.
 */
const SECOND_LOOK = (1 + Math.sqrt(5)) / 2;

/** Noise of several roundings may by chance leave a plateau by a step as much smaller. */
const JUMPS = 8;
/** From a plateau's spacing to the reach of a table twice as coarse as the next, or coarser. */
const DOUBLINGS = 7;

/**
 * The standard deviation of f's rounding noise near x, from a difference table of eight samples
 * (Moré & Wild 2011, "Estimating computational noise"): at the first spacing where the orders agree,
 * else the least that any spacing shows. 0 where f is constant or not finite. The spacing grows while
 * more than half the samples coincide, so an f rounded to 1e-8 or computed in float32 is noticed.
 * `scale` is the size of x against which spacings are relative.
 */
export function estimateNoise(
  f: (x: number) => number,
  x: number,
  scale: number = Math.max(1, Math.abs(x)),
): number {
  let spacing = scale * FIRST_SPACING;
  let least = Number.POSITIVE_INFINITY;
  let plateau = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++, spacing *= GROWTH) {
    const narrow = samplesOf(f, x, spacing);
    const wide = narrow && samplesOf(f, x, SECOND_LOOK * spacing);
    if (!wide) {
      plateau = spacing;
      continue;
    }
    if (![...narrow, ...wide].every(Number.isFinite)) break;
    const second = differenceLevels(wide);
    const levels = differenceLevels(narrow).map((level, i) => Math.max(level, second[i]!));
    const largest = Math.max(...levels);
    // Probes that happen to need no rounding show nothing.
    if (largest === 0) continue;
    least = Math.min(least, largest);
    if (largest <= SPREAD * Math.min(...levels)) break;
  }
  if (!Number.isFinite(least)) return 0;
  return plateau > 0 ? Math.min(least, JUMPS * jumpBeside(f, x, plateau)) : least;
}

/**
 * A bound on |computed f − f| near x: never less than a few roundings of `value` = f(x), nor than
 * three standard deviations of the noise that is seen.
 */
export const noiseBound = (
  f: (x: number) => number,
  x: number,
  value: number,
  scale?: number,
): number => Math.max(leastNoise(value), 3 * estimateNoise(f, x, scale));

/** Six roundings of a value: what computing it leaves at the least. */
export const leastNoise = (value: number, dtype: Dtype = 'float64'): number =>
  6 * UNIT_ROUNDOFF[dtype] * Math.abs(value);

/**
 * By how much f leaves the value it has around x: a staircase by a step, a dead unit by nothing, though
 * both look alike in a table wide enough to show a change. Looked for from `reach` on.
 */
function jumpBeside(f: (x: number) => number, x: number, reach: number): number {
  const here = f(x);
  const enough = leastNoise(here);
  const jumps = [-1, 1].map((side) => {
    let inside = x;
    let outside = x + side * reach;
    for (let doubling = 0; f(outside) === here && doubling < DOUBLINGS; doubling++) {
      inside = outside;
      outside = x + 2 * (outside - x);
    }
    let jump = Math.abs(f(outside) - here);
    while (jump > enough) {
      const middle = (inside + outside) / 2;
      if (middle === inside || middle === outside) break;
      const change = Math.abs(f(middle) - here);
      if (change === 0) inside = middle;
      else [outside, jump] = [middle, change];
    }
    return jump;
  });
  return Math.max(...jumps.filter(Number.isFinite), 0);
}

/**
 * f at eight points this far apart; null as soon as more than half must coincide: where f is constant,
 * six calls show it. Ends with the first that is not finite.
 */
function samplesOf(f: (x: number) => number, x: number, spacing: number): number[] | null {
  const samples: number[] = [];
  const seen = new Set<number>();
  for (let i = 0; i < SAMPLES; i++) {
    const value = f(x + (i - (SAMPLES - 1) / 2) * spacing);
    samples.push(value);
    if (!Number.isFinite(value)) break;
    seen.add(value);
    if (samples.length - seen.size > SAMPLES / 2) return null;
  }
  return samples;
}

/** For each order k of LEVELS: √(γₖ · mean (Δᵏ f)²), γₖ = (k!)² / (2k)!. */
function differenceLevels(samples: readonly number[]): number[] {
  const levels: number[] = [];
  let differences = samples;
  let gamma = 1;
  for (let k = 1; k <= Math.max(...LEVELS); k++) {
    const below = differences;
    differences = below.slice(1).map((v, i) => v - below[i]!);
    gamma *= k / (2 * (2 * k - 1)); // (k!)²/(2k)! from its predecessor
    // hypot: the squares themselves would over- or underflow beyond 1e±154.
    const rms = Math.hypot(...differences) / Math.sqrt(differences.length);
    if (LEVELS.includes(k)) levels.push(Math.sqrt(gamma) * rms);
  }
  return levels;
}
