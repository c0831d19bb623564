import { type Dtype, UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { leastNoise } from '../../numeric/noise.ts';
import type { Random } from '../../numeric/random.ts';
import { gaussianDirection } from './direction.ts';
import { directionLine, entryLine, type Line } from './line.ts';
import type { Site } from './site.ts';

/** f's slopes on both sides of x along an entry, at a glance. */
export interface Glimpse {
  readonly left: number;
  readonly right: number;
  /** A bound on the error of either. */
  readonly bar: number;
  /** The slopes change little from a step to a fourth of it: the corner is at x, not beside it. */
  readonly clean: boolean;
}

export interface CorneredEntry {
  /** Into the flat gradient. */
  readonly index: number;
  /** One for each claim. */
  readonly glimpses: readonly Glimpse[];
}

export interface CorneredEntries {
  /** By index, ascending. */
  readonly found: readonly CorneredEntry[];
  /** False where the search ended early: there may be more. */
  readonly complete: boolean;
}

/** What f's noise is, and how many times as far as the shortest steps to look. */
interface Sight {
  readonly noise: number;
  readonly reach: number;
}

/** A bend counts where it stands this far above its noise, as in `hasKink`. */
const VISIBLE = 16;
/** Of the corner. One beside x, at a fifth of this share of the step, is taken for one at x. */
const LITTLE = 1e-3;
/** A part of so few entries is looked at entry by entry: to bisect it would take as many calls. */
const FEW = 16;

/** The share of a line's scale at which curvature and rounding bend f alike: a little more than √u. */
export const shortStep = (dtype: Dtype): number => UNIT_ROUNDOFF[dtype] ** 0.4;

/**
 * The entries among `members` along whose own lines f has a corner at x, by bisection: a part of which
 * a random direction does not bend f has none. Two calls of f a direction suffice where it does not bend,
 * else four, or six if it reaches far. `reach` widens the steps, for corners that noise hides from short
 * ones. Ends when calls are `spent`.
 */
export function corneredEntries(
  site: Site,
  members: Int32Array,
  { noise, reach }: Sight,
  spent: () => boolean,
  random: Random,
): CorneredEntries {
  const found: CorneredEntry[] = [];
  const search = (part: Int32Array): void => {
    if (part.length > FEW) {
      const line = directionLine(site, gaussianDirection(site.x.length, part, random));
      if (spent() || !glimpsesOfBend(site, line, { noise, reach })) return;
      search(part.subarray(0, part.length >> 1));
      search(part.subarray(part.length >> 1));
      return;
    }
    for (const index of part) {
      if (spent()) return;
      const glimpses = glimpsesOfBend(site, entryLine(site, index), { noise, reach });
      if (glimpses) found.push({ index, glimpses });
    }
  };
  search(members);
  return { found, complete: !spent() };
}

/** What both sides show where f has a corner at x on this line, for some claim; else null. */
function glimpsesOfBend(site: Site, line: Line, { noise, reach }: Sight): Glimpse[] | null {
  const { dtype } = site.subject;
  const h = reach * shortStep(dtype) * line.scale;
  const near = site.claims.map((_, c) => slopesAt(site, line, c, h / 4, noise));
  if (near.every(({ jump, blur }) => !(Math.abs(jump) > VISIBLE * blur))) return null;
  const far = site.claims.map((_, c) => slopesAt(site, line, c, h, noise));
  const bends = near.some(({ jump, blur }, c) => {
    // Of curvature alone it falls with the step: extrapolated to none, what a corner makes is left.
    const corner = (4 * jump - far[c]!.jump) / 3;
    if (!(Math.abs(corner) > (VISIBLE * (4 * blur + far[c]!.blur)) / 3)) return false;
    // At x it shows at shorter steps as well, down to where noise hides it; beside x it does not.
    const shown = ((h / 4) * (2 * VISIBLE * blur)) / Math.abs(corner);
    const least = Math.max(h / reach, shown);
    if (!(least < h / 4)) return true;
    const curved = (least / h) * (far[c]!.jump - corner);
    return Math.abs(slopesAt(site, line, c, least, noise).jump - curved) > Math.abs(corner) / 2;
  });
  if (!bends) return null;
  return near.map(({ left, right, jump, blur }, c) => {
    const [toLeft, toRight] = [far[c]!.left - left, far[c]!.right - right];
    const change = Math.max(Math.abs(toLeft), Math.abs(toRight));
    const clean = change <= blur + LITTLE * Math.abs(jump);
    return { left, right, bar: change + blur, clean };
  });
}

/** One claim's slopes at a step, and what rounding leaves of their difference. */
function slopesAt(
  { claims, subject: { dtype } }: Site,
  line: Line,
  c: number,
  h: number,
  noise: number,
) {
  const { value } = claims[c]!;
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  const [to, from] = [round(line.at + h), round(line.at - h)];
  const [above, below] = [line.along(c)(to), line.along(c)(from)];
  const left = (value - below) / (line.at - from);
  const right = (above - value) / (to - line.at);
  const blur = Math.max(noise, leastNoise(above, dtype), leastNoise(below, dtype)) * (4 / h);
  return { left, right, blur, jump: right - left };
}
