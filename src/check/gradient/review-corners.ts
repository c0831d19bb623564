import type { Random } from '../../numeric/random.ts';
import { claimsPiece } from './claimed-piece.ts';
import { claimedSides, type End } from './claimed-sides.ts';
import { foldVerdict } from './fold-verdict.ts';
import { hullVerdict } from './hull.ts';
import { bendTogether } from './joint-bends.ts';
import type { Judged } from './judged.ts';
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
 * their own sides are all there is; where others bend f with them, which their own lines do not show, all
 * entries are judged. Else only where `all` entries at the corner are known, and are few
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
    const separate = (cornered.length > 1 || !all) && bendSeparately(site, c, cornered, random);
    const settledAlone = separate || takesSides(site, c, cornered, random);
    const joint = settledAlone ? [] : cornered.filter(isJudged);
    const outside = joint.filter((j) => j.verdict === 'disagrees');
    const wrong = [...plain, ...outside];
    // Random directions leave most entries without a line of their own.
    const whole = own.length === site.x.length;
    const bent = whole || cornered.length > 0;
    if (all && bent && wrong.length > 0 && claimsPiece(site, c, own, wrong, random)) {
      return own.map(explained);
    }
    const together = (parts: readonly (readonly Judged[])[], glimpses: number): boolean => {
      const indices = parts.map((part) => part.map((j) => j.index));
      return bendTogether(site, c, indices, glimpses, random);
    };
    const lookedAt = plain.slice(0, LOOKED_AT).map((j) => [j]);
    const hides = together(lookedAt, bent ? GLIMPSES : FEW_GLIMPSES);
    const hidden = hides ? plain : [];
    const smoothTakePart =
      joint.length > 0 && cornered.length < site.x.length && together([cornered], GLIMPSES);
    const doubtful = [...outside, ...hidden, ...joint.filter((j) => j.verdict === 'agrees')];
    const wide = hides || smoothTakePart;
    // What is wrong elsewhere is wrong, and both sides of a single entry are all there is to see.
    const settled = plain.length > hidden.length || (all && doubtful.length < 2 && !wide);
    if (doubtful.length === 0 || (settled && outside.length < 2)) return own;
    // No coordinate tells which entries take part.
    const others = wide ? own.filter((j) => !doubtful.includes(j)) : [];
    const known = all && (whole || !wide);
    return review(site, c, own, [...doubtful, ...others], known, spent, random);
  });
}

/** Rays into the sides that are claimed. */
const LOOKS = 8;

/** Is each of these claims f's slope on one side of its corner, and all of them f's gradient there? */
function takesSides(
  site: Site,
  claimIndex: number,
  cornered: readonly Judged[],
  random: Random,
): boolean {
  const ends = cornered.flatMap(({ index, got, sides, verdict, uncertainty, tolerance }): End[] => {
    if (!sides || verdict !== 'agrees') return [];
    const [toLeft, toRight] = [Math.abs(got - sides.left), Math.abs(got - sides.right)];
    if (!(Math.min(toLeft, toRight) <= uncertainty + tolerance)) return [];
    return [{ index, side: toRight < toLeft ? 1 : -1 }];
  });
  if (ends.length < 2 || ends.length < cornered.length) return false;
  const { rtol } = site.subject;
  const scale = Math.max(...site.claims[claimIndex]!.scales);
  const look = claimedSides(site, claimIndex, random);
  for (let k = 0; k < LOOKS; k++) {
    const { claimed, expected, uncertainty, right } = look(ends);
    const size = Math.max(Math.abs(claimed), Math.abs(expected), scale);
    if (!(right && uncertainty <= rtol * size)) return false;
  }
  return true;
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

/** Rays glimpsed at: a piece of f that fills a fiftieth of all directions is missed once in 400 times. */
const GLIMPSES = 300;
/** The same where random directions saw no corner. */
const FEW_GLIMPSES = 2;
/** Of the wrong entries so many are looked at: a corner is of them all, as a rule. */
const LOOKED_AT = 4;
