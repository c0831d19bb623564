import type { Slot } from '../../params/layout.ts';
import type { Evidence } from './evidence.ts';

/** Entries of several observations and slots in a row, those that can be judged: all is finite. */
export interface Entries {
  readonly count: number;
  /** Into the evidence's observations. */
  readonly observation: Int32Array;
  /** Into the flat gradient. */
  readonly index: Int32Array;
  readonly x: Float64Array;
  readonly got: Float64Array;
  readonly truth: Float64Array;
  /** A bound on the error of got − truth. */
  readonly bar: Float64Array;
}

/** What can be judged of these slots, observation by observation. */
export function entriesOf({ observations }: Evidence, slots: readonly Slot[]): Entries {
  const size = slots.reduce((sum, slot) => sum + slot.size, 0);
  const all = room(size * observations.length);
  let count = 0;
  for (const [k, { x, got, expected, uncertainty }] of observations.entries()) {
    for (const slot of slots) {
      for (let i = slot.offset; i < slot.offset + slot.size; i++) {
        if (!Number.isFinite(got[i]! - expected[i]!) || !Number.isFinite(uncertainty[i]!)) continue;
        all.observation[count] = k;
        all.index[count] = i;
        all.x[count] = x[i]!;
        all.got[count] = got[i]!;
        all.truth[count] = expected[i]!;
        all.bar[count++] = uncertainty[i]!;
      }
    }
  }
  return firstOf(all, count);
}

/** Those for which `keep` holds. */
export function subset(entries: Entries, keep: (e: number) => boolean): Entries {
  const { observation, index, x, got, truth, bar } = entries;
  const kept = room(entries.count);
  let count = 0;
  for (let e = 0; e < entries.count; e++) {
    if (!keep(e)) continue;
    kept.observation[count] = observation[e]!;
    kept.index[count] = index[e]!;
    kept.x[count] = x[e]!;
    kept.got[count] = got[e]!;
    kept.truth[count] = truth[e]!;
    kept.bar[count++] = bar[e]!;
  }
  return firstOf(kept, count);
}

const room = (count: number): Omit<Entries, 'count'> => ({
  observation: new Int32Array(count),
  index: new Int32Array(count),
  x: new Float64Array(count),
  got: new Float64Array(count),
  truth: new Float64Array(count),
  bar: new Float64Array(count),
});

/** Views of the first `count`. */
const firstOf = (all: Omit<Entries, 'count'>, count: number): Entries => ({
  count,
  observation: all.observation.subarray(0, count),
  index: all.index.subarray(0, count),
  x: all.x.subarray(0, count),
  got: all.got.subarray(0, count),
  truth: all.truth.subarray(0, count),
  bar: all.bar.subarray(0, count),
});

/** Whether the entry differs from the truth by more than its bar. */
export const isWrong = ({ got, truth, bar }: Entries, e: number): boolean =>
  Math.abs(got[e]! - truth[e]!) > bar[e]!;

/** Whether it holds for any entry. */
export function anyEntry({ count }: Entries, holds: (e: number) => boolean): boolean {
  for (let e = 0; e < count; e++) if (holds(e)) return true;
  return false;
}

/** Different entries of the gradient among those for which `counts` holds. */
export function placesAmong({ count, index }: Entries, counts: (e: number) => boolean): number {
  const seen = new Set<number>();
  for (let e = 0; e < count; e++) if (counts(e)) seen.add(index[e]!);
  return seen.size;
}
