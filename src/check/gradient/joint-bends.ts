import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Random } from '../../numeric/random.ts';
import { shortStep } from './cornered-entries.ts';
import { gaussianDirection } from './direction.ts';
import { hasKink } from './kink-test.ts';
import { directionLine, firstStepOn, type Line } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { raySlope } from './ray-slope.ts';
import type { Site } from './site.ts';

/** Of the rays glimpsed at, those that look as if they did not add up by most are looked at closely. */
const CLOSELY = 2;
/** At steps of so many roundings of x these are a hundredth of what f shows; shorter ones tell less. */
const ROUNDED = 256;

interface Glimpsed {
  readonly line: Line;
  readonly excess: (t: number) => number;
  readonly size: number;
}

/**
 * Does any of these parts of the entries bend f together with the others? Then along some ray
 * f′(x; d) ≠ f′(x; d in the part) + f′(x; d in the rest), as in a median of three at a tie, which no entry
 * moves by itself. A piece of f in which that shows may fill few directions: glimpses, three calls of f
 * each, tell which rays to look at.
 */
export function bendTogether(
  site: Site,
  claimIndex: number,
  parts: readonly (readonly number[])[],
  glimpses: number,
  random: Random,
): boolean {
  if (parts.length === 0) return false;
  const { dtype } = site.subject;
  let worst: readonly Glimpsed[] = [];
  for (let k = 0; k < glimpses; k++) {
    const rays = split(site, parts[k % parts.length]!, random);
    const line = directionLine(site, rays[0]);
    const h = shortStep(dtype) * line.scale;
    const excess = excessOn(site, claimIndex, rays);
    // A probe that leaves the domain tells nothing.
    const size = Math.abs(excess(h) + excess(-h)) / h || 0;
    worst = [...worst, { line, excess, size }].sort((p, q) => q.size - p.size).slice(0, CLOSELY);
  }
  return worst.some(({ line, excess }) => {
    const noise = noiseOn(site, claimIndex, line);
    const around = { noise, value: 0, firstStep: firstStepOn(line), dtype };
    return hasKink(excess, 0, around, ROUNDED * UNIT_ROUNDOFF[dtype] * line.scale);
  });
}

/**
 * What f changes by a step along a ray beyond what it does along its part, and, from 0 downwards, less
 * what it does along the rest: a corner at 0 where these do not add up however short the step.
 */
function excessOn(site: Site, claimIndex: number, rays: Split): (t: number) => number {
  const { value } = site.claims[claimIndex]!;
  const [whole, part, rest] = rays.map((ray) => directionLine(site, ray).along(claimIndex)) as [
    Along,
    Along,
    Along,
  ]; // one for each ray
  return (t) => (t > 0 ? whole(t) - part(t) : value - rest(-t));
}

/** Half of any two entries' bends together shows on a half of such rays. */
const HALVED = 48;

/**
 * Do any number of entries bend f each by itself? Then whatever random part of them is taken adds to
 * f′(x; d) what it does without the others. How much any ray leaves that this is not so; null where it
 * is not, or is not seen to within rtol.
 */
export function addUp(
  site: Site,
  claimIndex: number,
  entries: readonly number[],
  random: Random,
): number | null {
  const { rtol } = site.subject;
  const scale = Math.max(...site.claims[claimIndex]!.scales);
  let noise: number | null = null;
  let most = 0;
  for (let k = 0; k < HALVED; k++) {
    const half = entries.filter(() => random.uniform() < 0.5);
    const rays = split(site, half, random);
    noise ??= noiseOn(site, claimIndex, directionLine(site, rays[0]));
    const known = noise;
    const slopes = rays.map((ray) => raySlope(site, claimIndex, ray, known));
    const [whole, part, rest] = slopes.map((s) => s.derivative) as [number, number, number]; // one a ray
    const bar = slopes.reduce((sum, s) => sum + s.uncertainty, 0);
    const off = Math.abs(whole - part - rest);
    const size = Math.max(scale, ...[whole, part, rest].map(Math.abs));
    if (!(bar <= rtol * size && off <= bar)) return null;
    most = Math.max(most, off + bar);
  }
  return most;
}

type Along = ReturnType<Line['along']>;

/** A random ray, its part on these entries, and its part on the others. */
type Split = readonly [whole: Float64Array, part: Float64Array, rest: Float64Array];

function split(site: Site, entries: readonly number[], random: Random): Split {
  const whole = gaussianDirection(site.x.length, Array.from(site.x.keys()), random);
  const [part, rest] = [new Float64Array(whole.length), whole.slice()];
  for (const i of entries) {
    part[i] = whole[i]!;
    rest[i] = 0;
  }
  return [whole, part, rest];
}
