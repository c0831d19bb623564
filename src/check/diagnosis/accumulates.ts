import { commonConstant, MAX_LUCK } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Entries, entriesOf, subset } from './entries.ts';
import type { Evidence } from './evidence.ts';
import { noveltyOf } from './novelty.ts';
import { confidenceOf, isEnough, supportOf } from './support.ts';

/** From one observation to the next the gradient grows by the truth there, or by twice it, …: it is added, never cleared. */
export function accumulates(evidence: Evidence): Diagnosis | null {
  const { layout, observations } = evidence;
  const all: Entries = entriesOf(evidence, layout.slots);
  const before = (of: 'got' | 'uncertainty', e: number, entries: Entries): number =>
    observations[entries.observation[e]! - 1]![of][entries.index[e]!]!;
  const later = subset(
    all,
    (e) => all.observation[e]! > 0 && Number.isFinite(before('uncertainty', e, all)),
  );
  if (later.count === 0) return null;
  const novelty = noveltyOf(evidence);
  const growth = (e: number): number => later.got[e]! - before('got', e, later);
  const bar = (e: number, calls: number): number =>
    later.bar[e]! * Math.max(1, Math.abs(calls)) + before('uncertainty', e, later);
  const calls = commonConstant(later, novelty, {
    of: growth,
    against: (e) => later.truth[e]!,
    bar,
    right: 0,
  });
  if (calls === null || calls.spread > MAX_LUCK) return null;
  const count = Math.round(calls.value);
  if (count < 1 || Math.abs(calls.value - count) > calls.spread) return null;
  const support = supportOf(later, novelty, {
    value: (e) => before('got', e, later) + count * later.truth[e]!,
    bar: (e) => bar(e, count),
    free: 1,
  });
  if (!isEnough(support)) return null;
  return {
    kind: 'accumulates',
    message:
      'Each result is the one before plus the gradient at the new point: it is added to what the last call left, never cleared',
    confidence: confidenceOf(support),
  };
}
