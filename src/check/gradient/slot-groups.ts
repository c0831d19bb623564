import { FIRST_STEP } from '../derivative-verdict.ts';
import type { Site } from './site.ts';

/** Entries of one slot that random directions check together. */
export interface SlotGroup {
  /** Index into the layout's slots. */
  readonly slot: number;
  /** Into the flat gradient, ascending. */
  readonly members: Int32Array;
}

export interface Grouped {
  readonly groups: readonly SlotGroup[];
  /** Entries that must be looked at by themselves. */
  readonly alone: readonly number[];
}

/**
 * An entry with less room to the edge of its domain than this share of its first step would shorten
 * every direction's steps by as much.
 */
const CRAMPED = 2 ** -10;

/**
 * The slots, less the entries that no direction can hold: those at the edge of the domain, those not
 * finite in some claim, and whole slots no larger than the number of directions.
 */
export function groupsOf({ subject, x, claims }: Site, directions: number): Grouped {
  const { layout, lower, upper } = subject;
  const fits = (i: number): boolean => {
    const room = Math.min(x[i]! - (lower?.[i] ?? -Infinity), (upper?.[i] ?? Infinity) - x[i]!);
    const finite = claims.every(({ gradient }) => Number.isFinite(gradient[i]!));
    return finite && room >= CRAMPED * FIRST_STEP * Math.max(1, Math.abs(x[i]!));
  };
  const groups: SlotGroup[] = [];
  const alone: number[] = [];
  layout.slots.forEach(({ offset, size }, slot) => {
    const all = Array.from({ length: size }, (_, k) => offset + k);
    const members = all.filter(fits);
    if (members.length <= directions) {
      alone.push(...all);
      return;
    }
    groups.push({ slot, members: Int32Array.from(members) });
    alone.push(...all.filter((i) => !fits(i)));
  });
  return { groups, alone };
}
