import { ladder } from '../../numeric/ladder.ts';
import type { Random } from '../../numeric/random.ts';
import { along, gaussianDirection } from './direction.ts';
import { glance } from './glance.ts';
import { judgeEntry } from './judge-entry.ts';
import { type Judged, severity } from './judged.ts';
import { directionLine, entryLine, firstStepOn } from './line.ts';
import type { Site } from './site.ts';
import type { SlotGroup } from './slot-groups.ts';

/** Entries drawn first: where three of four are wrong, drawing finds more than searching. */
const DRAWN = 4;
const DENSE = 3;
/** Leaves of the search that turn out right: beyond these the errors are too small for single entries. */
const MISSES = 8;
/** A search misled by an unlucky direction starts again with new ones. */
const ROUNDS = 3;
/** A digit of an index, read off a ratio, must be whole to within this; several wrong entries leave any ratio. */
const WHOLE = 1 / 8;
/** Directions tried for one that shows an index in so many digits or fewer; each digit takes a ladder. */
const DRAWS = 3;
const DIGITS = 3;

/** g·d less the derivative along d, with its error bar. */
interface Residual {
  readonly off: number;
  readonly bar: number;
}

interface Projection {
  readonly direction: Float64Array;
  readonly all: Residual;
}

/** The largest base whose digits a ratio to this tells, the other projection's bar being as wide. */
const telling = ({ off, bar }: Residual): number => (WHOLE * Math.abs(off)) / (2 * bar);

export interface Located {
  readonly hits: readonly Judged[];
  /** Most entries are wrong, not a few. */
  readonly dense: boolean;
}

/**
 * The wrong entries among a slot's, each confirmed by itself: at most `most`, or `share` where most
 * entries are wrong anyway. Three to six ladders tell the index of one wrong entry; k of them take
 * k log N: a half of the slot whose random direction shows nothing is right, and then the other half is
 * wrong without looking. `noise` is f's on a line of this slot.
 */
export function locate(
  site: Site,
  claimIndex: number,
  { members }: SlotGroup,
  noise: number,
  { most, share }: { readonly most: number; readonly share: number },
  random: Random,
): Located {
  const claim = site.claims[claimIndex]!;
  // Entries found wrong are put right here, so that what is left shows.
  const gradient = claim.gradient.slice();
  const tolerance = claim.tolerance.slice();
  const hits: Judged[] = [];
  const tried = new Set<number>();
  let misses = 0;
  const spent = (): boolean => hits.length >= most || misses >= MISSES;

  function confirm(index: number): boolean {
    if (tried.has(index)) return false;
    tried.add(index);
    const { judged } = judgeEntry(site, claimIndex, index, entryLine(site, index), noise);
    if (severity(judged.verdict) < severity('disagrees')) return false;
    hits.push(judged);
    gradient[index] = judged.expected;
    tolerance[index] = judged.uncertainty;
    return true;
  }

  function residual(direction: Float64Array): Residual {
    const line = directionLine(site, direction);
    const said = along(direction, { gradient, tolerance });
    const { derivative, uncertainty } = ladder(line.along(claimIndex), 0, {
      noise,
      value: claim.value,
      firstStep: firstStepOn(line),
      lower: line.lower,
      upper: line.upper,
      dtype: site.subject.dtype,
    });
    return { off: said.claimed - derivative, bar: uncertainty + said.tolerance };
  }

  const wrongIn = (from: number, to: number): boolean => {
    const part = members.subarray(from, to);
    const { off, bar } = residual(gaussianDirection(site.x.length, part, random));
    return Math.abs(off) > bar;
  };

  /** The direction of a few that tells digits to the highest base, or the first that reaches `enough`. */
  function sharpest(enough: number): Projection {
    let best: Projection | null = null;
    for (let draw = 0; draw < DRAWS && !(best && telling(best.all) >= enough); draw++) {
      const direction = gaussianDirection(site.x.length, members, random);
      const all = residual(direction);
      if (!best || telling(all) > telling(best.all)) best = { direction, all };
    }
    return best!; // one draw at least
  }

  /**
   * The index of a single wrong entry, from projections: one weighted 1, one for each of its digits. The
   * base is the largest whose digits the error bars can tell: two of them, where f is smooth.
   */
  function single(): number | null {
    const { direction, all } = sharpest(members.length ** (1 / DIGITS));
    const base = Math.floor(Math.min(telling(all), Math.ceil(Math.sqrt(members.length))));
    if (!(base >= 2)) return null;
    let index = 0;
    for (let place = 1; place < members.length; place *= base) {
      const weighted = direction.slice();
      members.forEach((i, k) => {
        weighted[i]! *= (Math.floor(k / place) % base) / base;
      });
      const { off, bar } = residual(weighted);
      const ratio = (off / all.off) * base;
      const blur = (base * (bar + Math.abs(off / all.off) * all.bar)) / Math.abs(all.off);
      const digit = Math.round(ratio);
      if (!(blur <= WHOLE && Math.abs(ratio - digit) <= WHOLE)) return null;
      index += digit * place;
    }
    return members[index] ?? null;
  }

  function bisect(from: number, to: number): void {
    if (spent()) return;
    if (to - from === 1) {
      if (!confirm(members[from]!)) misses++;
      return;
    }
    const middle = (from + to) >> 1;
    const left = wrongIn(from, middle);
    if (left) bisect(from, middle);
    if (!spent() && (!left || wrongIn(middle, to))) bisect(middle, to);
  }

  const drawn = random.shuffleInPlace(Array.from(members));
  // A glance will do: what agrees with one ladder is not among many that are wrong.
  for (const index of drawn.slice(0, DRAWN)) {
    const line = entryLine(site, index);
    if (glance(site, claimIndex, index, line, noise).verdict !== 'agrees') confirm(index);
  }
  if (hits.length >= DENSE) {
    // A slot a quarter wrong still fills the list.
    for (const index of drawn.slice(DRAWN, 4 * share)) if (hits.length < share) confirm(index);
    return { hits, dense: true };
  }
  for (let round = 0; round < ROUNDS && !spent(); round++) {
    const index = single();
    if (index === null || !confirm(index)) bisect(0, members.length);
    if (hits.length > 0 && !wrongIn(0, members.length) && !wrongIn(0, members.length)) break;
  }
  return { hits, dense: false };
}
