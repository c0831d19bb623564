import type { Random } from '../../numeric/random.ts';
import { claimsPiece } from './claimed-piece.ts';
import { gaussianDirection } from './direction.ts';
import { foldVerdict } from './fold-verdict.ts';
import { hullVerdict } from './hull.ts';
import type { Judged } from './judged.ts';
import { hasKink } from './kink-test.ts';
import { directionLine, firstStepOn } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { partialAlong } from './ray-slope.ts';
import { bendSeparately } from './separate-bends.ts';
import type { Site } from './site.ts';

/** A hull over more entries than this takes tens of thousands of calls: a part of them is tried. */
const MOST_ENTRIES = 12;
/**
 * Calls of f spent on a claim's corners; what is not settled then stays `unresolved`. Of 10,000 right cases
 * of bench/checker the neediest, a norm beside its tip, takes 33,000 in all.
 */
const MOST_CALLS = 40_000;

/**
 * The entries of a site again, judged together where f has a corner: those between their one-sided
 * derivatives may still be no mean of the gradients around, and those outside, or at a corner that no
 * coordinate shows, as of |x − y| − |x + y| at 0, may be one of these. Where they bend f each by itself
 * their own sides are all there is. Else only where `all` entries at the corner are known, and are few
 * or lie on a sum of folds, can that accuse: rays that leave some of them out miss pieces of f.
 */
export function reviewCorners(
  site: Site,
  judged: readonly Judged[],
  all: boolean,
  random: Random,
): readonly Judged[] {
  return site.claims.flatMap((_claim, c) => {
    const own = judged.filter((j) => j.claim === c);
    const cornered = own.filter((j) => j.sides);
    const plain = own.filter((j) => !j.sides && j.verdict === 'disagrees');
    const limit = site.guard.evaluations() + MOST_CALLS;
    const spent = (): boolean => site.guard.evaluations() > limit;
    const separate = cornered.length > 1 && bendSeparately(site, c, cornered, random);
    const joint = separate ? [] : cornered.filter(isJudged);
    const outside = joint.filter((j) => j.verdict === 'disagrees');
    const wrong = [...plain, ...outside];
    // Random directions leave most entries without a line of their own.
    const whole = own.length === site.x.length;
    const bent = whole || cornered.length > 0;
    if (all && bent && wrong.length > 0 && claimsPiece(site, c, own, wrong, random)) {
      return own.map(explained);
    }
    const rays = bent ? GLIMPSES : RAYS;
    const hides = hiddenCorner(site, c, wrong, rays, random);
    const hidden = hides ? plain : [];
    const doubtful = [...outside, ...hidden, ...joint.filter((j) => j.verdict === 'agrees')];
    // What is wrong elsewhere is wrong, and both sides of a single entry are all there is to see.
    const settled = plain.length > hidden.length || (all && doubtful.length < 2 && !hides);
    if (doubtful.length === 0 || (settled && outside.length < 2)) return own;
    // No coordinate tells which entries take part in a hidden corner.
    const others = hides ? own.filter((j) => !doubtful.includes(j)) : [];
    const known = all && (whole || !hides);
    return review(site, c, own, [...doubtful, ...others], known, spent, random);
  });
}

const isJudged = ({ verdict }: Judged): boolean => verdict === 'agrees' || verdict === 'disagrees';

function review(
  site: Site,
  claim: number,
  own: readonly Judged[],
  doubtful: readonly Judged[],
  all: boolean,
  spent: () => boolean,
  random: Random,
): readonly Judged[] {
  const indices = doubtful.map((j) => j.index);
  const folded = foldVerdict(site, claim, indices, spent, random);
  const tried = folded ? doubtful : doubtful.slice(0, MOST_ENTRIES);
  const entries = tried.map((j) => j.index);
  const bends = tried.map(({ sides }) => (sides && sides.right < sides.left ? -1 : 1));
  const hull = folded ?? hullVerdict(site, claim, entries, bends, spent, random);
  // Of a part of them nothing follows for all.
  const known = all && tried.length === doubtful.length;
  const unresolved = (j: Judged): Judged => ({ ...j, verdict: 'unresolved' });
  return own.map((j): Judged => {
    if (!doubtful.includes(j)) return j;
    const k = entries.indexOf(j.index);
    if (k < 0) return unresolved(j);
    switch (hull.kind) {
      case 'inside':
        return j.verdict === 'disagrees' && !hull.sharp ? unresolved(j) : explained(j);
      case 'unclear':
        return unresolved(j);
      case 'outside': {
        if (!known) return unresolved(j);
        const expected = hull.nearest[k]!;
        const off = Math.abs(expected - j.got) > hull.bar + j.tolerance;
        const wrong = j.verdict === 'disagrees';
        return wrong || !off ? j : { ...j, verdict: 'disagrees', expected, uncertainty: hull.bar };
      }
      default:
        return hull satisfies never;
    }
  });
}

/** What a coordinate shows and what is claimed are both limits of gradients around x. */
const explained = (j: Judged): Judged =>
  j.verdict === 'agrees'
    ? j
    : { ...j, verdict: 'agrees', sides: j.sides ?? { left: j.expected, right: j.got } };

/** Rays tried, and wrong entries looked at: a corner is of them all, as a rule. */
const RAYS = 2;
const LOOKED_AT = 4;
/** A partial derivative is differenced along the ray over this share of it. */
const SHAKE = 2 ** -9;
/**
 * Of so many rays, glimpsed at this share of their scale, those that bend most are tried: a corner of
 * several layers may fill but a tenth of all directions.
 */
const GLIMPSES = 32;
const GLIMPSE = 2 ** -20;

/**
 * Is there a corner at x that these entries' own lines do not show? There is if f has one along some
 * direction, and in the piece of f on some side of it an entry's derivative is none of those shown.
 */
function hiddenCorner(
  site: Site,
  claimIndex: number,
  wrong: readonly Judged[],
  glimpses: number,
  random: Random,
): boolean {
  if (wrong.length === 0) return false;
  const { value } = site.claims[claimIndex]!;
  const { dtype } = site.subject;
  const everything = Array.from(site.x.keys());
  const rays = Array.from({ length: glimpses }, () => {
    const ray = gaussianDirection(site.x.length, everything, random);
    const line = directionLine(site, ray);
    const f = line.along(claimIndex);
    const h = GLIMPSE * line.scale;
    return { ray, line, bend: glimpses > RAYS ? Math.abs(f(h) + f(-h) - 2 * value) / h : 0 };
  });
  rays.sort((a, b) => b.bend - a.bend);
  return rays.slice(0, RAYS).some(({ ray, line }) => {
    const { lower, upper } = line;
    const noise = noiseOn(site, claimIndex, line);
    const around = { noise, value, firstStep: firstStepOn(line), lower, upper, dtype };
    if (!hasKink(line.along(claimIndex), 0, around)) return false;
    return wrong.slice(0, LOOKED_AT).some(({ index, expected, uncertainty, sides }) => {
      const shown = sides ? [sides.left, sides.right] : [expected];
      return [ray, ray.map((d) => -d)].some((side) => {
        const there = partialAlong(site, claimIndex, side, index, SHAKE, noise);
        const bar = there.uncertainty + uncertainty;
        return shown.every((known) => Math.abs(there.derivative - known) > bar);
      });
    });
  });
}
