import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import { leastNoise } from '../../numeric/noise.ts';
import type { Random } from '../../numeric/random.ts';
import { gaussianDirection } from './direction.ts';
import { directionLine, entryLine, type Line } from './line.ts';
import type { Site } from './site.ts';

export interface CorneredEntries {
  /** Into the flat gradient, ascending. */
  readonly entries: readonly number[];
  /** False where the search ended early: there are more. */
  readonly complete: boolean;
}

/** A bend counts where it stands this far above its noise, as in `hasKink`. */
const VISIBLE = 16;
const FALL = 0.75;

/**
 * The entries among `members` along whose own lines f has a corner at x, by bisection: a part of which
 * a random direction does not bend f has none. Two steps a direction suffice to search by, not to
 * judge by. Ends beyond `most` entries.
 */
export function corneredEntries(
  site: Site,
  members: Int32Array,
  noise: number,
  most: number,
  random: Random,
): CorneredEntries {
  const entries: number[] = [];
  const search = (from: number, to: number): void => {
    if (entries.length > most) return;
    if (to - from === 1) {
      if (bends(site, entryLine(site, members[from]!), noise)) entries.push(members[from]!);
      return;
    }
    const part = members.subarray(from, to);
    const line = directionLine(site, gaussianDirection(site.x.length, part, random));
    if (!bends(site, line, noise)) return;
    const middle = (from + to) >> 1;
    search(from, middle);
    search(middle, to);
  };
  search(0, members.length);
  return { entries: entries.slice(0, most), complete: entries.length <= most };
}

/** Does f bend by as much on a step as on a fourth of it, for some claim? */
function bends({ claims, subject: { dtype } }: Site, line: Line, noise: number): boolean {
  // Curvature falls with the step and is told by that, rounding is not: a little more than √u.
  const h = UNIT_ROUNDOFF[dtype] ** 0.4 * line.scale;
  return claims.some(({ value }, c) => {
    const f = line.along(c);
    const bend = (step: number): number => {
      const [above, below] = [f(line.at + step), f(line.at - step)];
      const blur = Math.max(noise, leastNoise(above, dtype), leastNoise(below, dtype)) * (4 / step);
      const jump = Math.abs(above - value - (value - below)) / step;
      return jump > VISIBLE * blur ? jump : 0;
    };
    const [far, near] = [bend(h), bend(h / 4)];
    return near > FALL * far && near > 0;
  });
}
