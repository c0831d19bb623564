import type { Entries } from './entries.ts';
import type { Novelty } from './novelty.ts';
import { ROUNDING } from './support.ts';

/** A constant that all entries share within their bars. */
export interface Constant {
  readonly value: number;
  /** Half the width of the interval that all entries leave it. */
  readonly spread: number;
  /** Chance that a number which depends on the point would have looked this constant; 1 at one point. */
  readonly luck: number;
}

export interface ConstantClaim {
  /** of(e) = c · against(e). */
  readonly of: (e: number) => number;
  readonly against: (e: number) => number;
  /** A bound on the error of of(e) − c · against(e). */
  readonly bar: (e: number, c: number) => number;
  /** c in a right gradient: 1 for a ratio, 0 for a term that is added. */
  readonly right: 0 | 1;
}

/** The c that fits every entry, or null where none does: intervals intersected, nothing averaged. */
export function commonConstant(
  entries: Entries,
  novelty: Novelty,
  claim: ConstantClaim,
): Constant | null {
  // What does not fit a few entries does not fit all: most claims are refused at a glance.
  if (entries.count > GLANCE && sharpestEntry(GLANCE, claim) !== null) {
    if (constantOfFirst(GLANCE, entries, novelty, claim) === null) return null;
  }
  return constantOfFirst(entries.count, entries, novelty, claim);
}

/** Enough entries to refuse nearly every wrong claim, at no cost beside 10,000 of them. */
const GLANCE = 32;

/** The same of the first `count` entries. */
function constantOfFirst(
  count: number,
  entries: Entries,
  { point }: Novelty,
  { of, against, bar, right }: ConstantClaim,
): Constant | null {
  const sharpest = sharpestEntry(count, { of, against, bar });
  if (sharpest === null) return null;
  const guess = of(sharpest) / against(sharpest);
  // Per observation, for what each says by itself.
  const low = point.map(() => Number.NEGATIVE_INFINITY);
  const high = point.map(() => Number.POSITIVE_INFINITY);
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let e = 0; e < count; e++) {
    const y = of(e);
    const w = against(e);
    const within = bar(e, guess) + ROUNDING * (Math.abs(y) + Math.abs(guess * w));
    if (w === 0) {
      if (!(Math.abs(y) <= within)) return null;
      continue;
    }
    const centre = y / w;
    const half = within / Math.abs(w);
    if (!Number.isFinite(centre + half)) return null;
    const k = entries.observation[e]!;
    low[k] = Math.max(low[k]!, centre - half);
    high[k] = Math.min(high[k]!, centre + half);
    least = Math.max(least, centre - half);
    most = Math.min(most, centre + half);
    if (least > most) return null;
  }
  const value = (least + most) / 2;
  const half = (k: number): number => (high[k]! - low[k]!) / 2;
  // A number that depends on the point would move by the share of it that the point has moved. The
  // most telling point alone counts: where such a number has an extremum, all near points are alike.
  const luck = point.reduce((least, isNew, k) => {
    const moves = Math.abs(value - right) * isNew;
    return k === 0 || moves === 0 ? least : Math.min(least, (half(0) + half(k)) / moves);
  }, 1);
  return { value, spread: (most - least) / 2, luck };
}

/** A constant must hold from point to point: one in 10,000 that does not may look as if it did. */
export const MAX_LUCK = 1e-4;

/** The one that leaves c the narrowest interval. */
function sharpestEntry(
  count: number,
  { of, against, bar }: Omit<ConstantClaim, 'right'>,
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let e = 0; e < count; e++) {
    const y = of(e);
    const w = against(e);
    const half = (bar(e, y / w) + ROUNDING * Math.abs(y)) / Math.abs(w);
    if (half < least) {
      least = half;
      best = e;
    }
  }
  return best;
}

/**
 * Chance that a constant of any size (spread over 12 decades, evenly in its logarithm) is as near to
 * one of `candidates` numbers.
 */
export const nearChance = ({ value, spread }: Constant, candidates: number): number =>
  Math.min(1, (candidates * 2 * spread) / (Math.abs(value) * 12 * Math.LN10));

/**
 * Chance that a constant of any size is as near to a number of two digits, 90 a decade; 1 where it
 * is not near: 0.01 and 2.5e-4 are written by people, 0.0137291 is computed.
 */
export function twoDigitChance(constant: Constant): number {
  const rounded = Number(constant.value.toPrecision(2));
  const near = Math.abs(constant.value - rounded) <= constant.spread + ROUNDING * Math.abs(rounded);
  return near ? nearChance(constant, 90 * 12) : 1;
}
