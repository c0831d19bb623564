import type { Slot } from '../../params/layout.ts';
import { commonConstant } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Entries, entriesOf } from './entries.ts';
import { type Groups, groupsOf } from './groups.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, type Support, supportOf, TELLING } from './support.ts';
import { restIsRight, subject } from './wording.ts';

/**
 * The difference is one number along an axis, another for each line and each point, while the truth
 * varies along it: a term that all entries of the line share, such as a mean over them, is missing.
 */
export function sharedTerm(scope: Scope): Diagnosis | null {
  if (scope.slots.length !== 1) return null;
  const slot = scope.slots[0]!;
  for (const groups of groupsOf(slot)) {
    // Of two entries that are exchanged, with the sign changed, both are off by minus their sum.
    if (groups.extent < 3) continue;
    const support = sharedSupport(scope, slot, groups);
    if (!isEnough(support)) continue;
    const { axis } = groups;
    const all = axis === 'all' || slot.shape.length === 1;
    const line = slot.shape.length > 2 ? `line along axis ${axis}` : axis === 0 ? 'column' : 'row';
    const { name, is } = subject(scope);
    return {
      kind: 'missing-term',
      message: `${name} ${is} off by one number ${all ? 'at each point, the same in every entry' : `in each ${line}, the same in all its entries`}: a term that they share, such as a mean over them, is missing or added${restIsRight(scope)}`,
      confidence: confidenceOf(support),
    };
  }
  return null;
}

function sharedSupport(scope: Scope, slot: Slot, { count, of }: Groups): Support | null {
  const { evidence, novelty } = scope;
  const entries: Entries = entriesOf(evidence, [slot]);
  // One number for all points may be an offset as well: neither is known.
  const offset = commonConstant(entries, novelty, {
    of: (e) => entries.got[e]! - entries.truth[e]!,
    against: () => 1,
    bar: (e) => entries.bar[e]!,
    right: 0,
  });
  if (offset !== null) return null;
  const { got, truth, bar } = entries;
  const groupOf = (e: number): number =>
    entries.observation[e]! * count + of(entries.index[e]! - slot.offset);
  // The sharpest entry of each group speaks for it.
  const spokesman = new Int32Array(count * evidence.observations.length).fill(-1);
  for (let e = 0; e < entries.count; e++) {
    const group = groupOf(e);
    const best = spokesman[group]!;
    if (best < 0 || bar[e]! < bar[best]!) spokesman[group] = e;
  }
  const first = (e: number): number => spokesman[groupOf(e)]!;
  // Where the truth is one number too, a wrong factor leaves such a difference.
  if (!variesInHalf(entries, spokesman, groupOf)) return null;
  return supportOf(entries, novelty, {
    value: (e) => truth[e]! + got[first(e)]! - truth[first(e)]!,
    // The spokesman fits by itself and is no evidence: it is spent as a constant by its infinite bar.
    bar: (e) => (first(e) === e ? Number.POSITIVE_INFINITY : bar[e]! + bar[first(e)]!),
    free: 0,
  });
}

/** Whether the truth varies, by far more than its bars, in at least half of the groups. */
function variesInHalf(
  { count, truth, bar }: Entries,
  spokesman: Int32Array,
  groupOf: (e: number) => number,
): boolean {
  const varies = new Uint8Array(spokesman.length);
  for (let e = 0; e < count; e++) {
    const first = spokesman[groupOf(e)]!;
    const apart = Math.abs(truth[e]! - truth[first]!);
    if (bar[e]! + bar[first]! <= TELLING * apart) varies[groupOf(e)] = 1;
  }
  const seen = spokesman.reduce((sum, e) => sum + (e < 0 ? 0 : 1), 0);
  return 2 * varies.reduce((sum, yes) => sum + yes, 0) >= seen;
}
