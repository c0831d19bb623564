import type { Random } from '../../numeric/random.ts';
import { cornerTolerance } from './corner-tolerance.ts';
import { gaussianDirection } from './direction.ts';
import { directionLine } from './line.ts';
import { minNormPoint } from './min-norm-point.ts';
import { noiseOn } from './noise-on.ts';
import type { OneSided } from './one-sided.ts';
import { partialAlong, raySlope } from './ray-slope.ts';
import { norm } from './rms.ts';
import type { Site } from './site.ts';

/** Is a gradient at a corner a mean of the gradients around it? */
export type HullVerdict =
  /** `sharp`: seen as closely as is asked. */
  | { readonly kind: 'inside'; readonly sharp: boolean }
  /** Every gradient around was seen more than once, and none of their means is this one. */
  | { readonly kind: 'outside'; readonly nearest: Float64Array; readonly bar: number }
  | { readonly kind: 'unclear' };

/** The gradient f has in the cone around a ray, over the entries at hand, and a bound on its error. */
interface Piece {
  readonly gradient: Float64Array;
  readonly bar: number;
}

/** A ray is shaken by this share of itself, the next where that leaves its cone. */
const SHAKES = [2 ** -4, 2 ** -9, 2 ** -14];
/**
 * So many rays beyond the 4k + 8 first must show no new piece before a claim is accused: a piece that
 * fills a fiftieth of all directions stays unseen by them once in 48 times.
 */
export const NOTHING_NEW = 192;
/** Where new pieces keep coming, such as of a norm at 0, the search ends undecided. */
const MOST_RAYS = 400;

/**
 * Holds the `entries` of a claim against the convex hull of the gradients around x: at a tie of
 * max(x, y), (1, 1) is wrong although each entry lies between its one-sided derivatives. The gradient
 * of the piece of f along a ray comes from one-sided derivatives at x itself, so f may curve. Rays are
 * random, and in between such as may widen the hull towards the claim: `bends` is +1 for an entry
 * along which f is convex, −1 where concave.
 */
export function hullVerdict(
  site: Site,
  claimIndex: number,
  entries: readonly number[],
  bends: readonly number[],
  spent: () => boolean,
  random: Random,
): HullVerdict {
  const { gradient } = site.claims[claimIndex]!;
  const { rtol } = site.subject;
  const size = site.x.length;
  const first = directionLine(site, gaussianDirection(size, entries, random));
  const noise = noiseOn(site, claimIndex, first);

  const claimed = Float64Array.from(entries, (i) => gradient[i]!);
  const passing = norm(Float64Array.from(entries, (i) => cornerTolerance(site, claimIndex, i)));

  const pieces: Piece[] = [];

  /** Adds the piece along a ray, unless a known one has its slope there. Whether it was new. */
  function look(ray: Float64Array): boolean {
    const whole = raySlope(site, claimIndex, ray, noise);
    const known = pieces.some(({ gradient: piece, bar }) => {
      const slope = entries.reduce((sum, i, k) => sum + piece[k]! * ray[i]!, 0);
      return Math.abs(slope - whole.derivative) <= whole.uncertainty + bar;
    });
    if (known) return false;
    // What cannot be told is new as well: as long as there is such, the pieces are not all known.
    const piece = pieceAlong(ray, whole);
    if (piece) pieces.push(piece);
    return true;
  }

  function pieceAlong(ray: Float64Array, whole: OneSided): Piece | null {
    let best: Piece | null = null;
    for (const shake of SHAKES) {
      const found = entries.map((i) => partialAlong(site, claimIndex, ray, i, shake, noise));
      // The slope along a ray is G·ray, but for its curvature if no shake left its cone.
      const sum = found.reduce((s, { derivative }, k) => s + derivative * ray[entries[k]!]!, 0);
      const bars = norm(Float64Array.from(found, ({ uncertainty }) => uncertainty));
      const off = Math.max(0, Math.abs(sum - whole.derivative) - whole.uncertainty);
      const bar = bars + off;
      if (off <= (shake * Math.abs(whole.derivative)) / 4 + bars && !(best && best.bar <= bar)) {
        best = { gradient: Float64Array.from(found, ({ derivative }) => derivative), bar };
      }
      if (off <= bars) break;
    }
    return best;
  }

  const inside = (bar: number): HullVerdict => {
    const size = Math.max(norm(claimed), ...pieces.map((p) => norm(p.gradient)));
    return { kind: 'inside', sharp: bar <= rtol * size };
  };

  let quiet = 0;
  for (let drawn = 1; drawn <= MOST_RAYS && !spent(); drawn++) {
    let fresh = look(gaussianDirection(size, entries, random));
    if (pieces.length === 0) continue;
    let [nearest, bar] = gap(pieces, claimed);
    if (norm(nearest) <= bar + passing) return inside(bar);
    // Each piece that reaches farther towards the claim brings the hull nearer: as long as there are any.
    for (let more = fresh; more && !spent(); ) {
      const away = nearest;
      const before = pieces.length;
      for (const reach of REACHES) look(reach(away, entries, bends, size));
      more = pieces.length > before;
      [nearest, bar] = gap(pieces, claimed);
      if (norm(nearest) <= bar + passing) return inside(bar);
      fresh ||= more;
    }
    quiet = fresh ? 0 : quiet + 1;
    if (drawn >= 4 * entries.length + 8 && quiet >= NOTHING_NEW) {
      const [wider, widerBar] = gap(completed(pieces), claimed);
      if (!(norm(wider) > widerBar + passing)) return { kind: 'unclear' };
      return { kind: 'outside', nearest: nearest.map((v, k) => v + claimed[k]!), bar };
    }
  }
  return { kind: 'unclear' };
}

type Reach = (
  away: Float64Array,
  entries: readonly number[],
  bends: readonly number[],
  size: number,
) => Float64Array;

/**
 * Rays on which the piece lies that reaches farthest towards the claim, `away` leading from it to the
 * hull: if f is convex, if it is concave, if it is a sum of both entry by entry.
 */
const REACHES: readonly Reach[] = [() => -1, () => 1, (bend: number) => -bend].map(
  (sign) => (away, entries, bends, size) => {
    const ray = new Float64Array(size);
    entries.forEach((i, k) => {
      ray[i] = (sign(bends[k]!) * away[k]!) / norm(away);
    });
    return ray;
  },
);

/** Beyond this many pieces their completions are too many to try, and what is left out too likely. */
const MOST_PIECES = 24;

/**
 * The pieces, and those that would complete a parallelogram with three of them. Corners that cross
 * make such: of two ReLUs at 0, three of the four patterns tell the fourth, which may fill so few
 * directions that no random ray finds it. Infinitely uncertain where there are too many.
 */
function completed(pieces: readonly Piece[]): readonly Piece[] {
  const unknown = { gradient: pieces[0]!.gradient, bar: Infinity };
  if (pieces.length > MOST_PIECES) return [...pieces, unknown];
  const all = [...pieces];
  for (const [a, p] of pieces.entries()) {
    for (const q of pieces.slice(a + 1)) {
      for (const r of pieces) {
        if (r === p || r === q) continue;
        const gradient = p.gradient.map((v, k) => v + q.gradient[k]! - r.gradient[k]!);
        all.push({ gradient, bar: p.bar + q.bar + r.bar });
      }
    }
  }
  return all;
}

/** From the claim to the nearest point of the hull, and how uncertain that is. */
function gap(pieces: readonly Piece[], claimed: Float64Array): readonly [Float64Array, number] {
  const offsets = pieces.map(({ gradient }) => gradient.map((v, k) => v - claimed[k]!));
  return [minNormPoint(offsets), Math.max(...pieces.map(({ bar }) => bar))];
}
