import type { Slot } from '../../params/layout.ts';
import type { Diagnosis } from './diagnosis.ts';
import { anyEntry, type Entries, entriesOf, isWrong } from './entries.ts';
import type { Evidence } from './evidence.ts';
import { type Novelty, noveltyOf } from './novelty.ts';

/** The slots that a name must explain, all of them at once. */
export interface Scope {
  readonly evidence: Evidence;
  readonly slots: readonly Slot[];
  readonly entries: Entries;
  /** Of the observations. */
  readonly novelty: Novelty;
  /** Whether it holds every slot of the layout whose gradient can be seen. */
  readonly whole: boolean;
}

/** Names what is wrong in a scope, or keeps silent. */
export type ScopeNamer = (scope: Scope) => Diagnosis | null;

/** What the evidence says of each slot. */
export interface SlotStates {
  readonly wrong: readonly Slot[];
  readonly right: readonly Slot[];
  /** Nothing of them was differenced, or nothing stands out of its error bar. */
  readonly unseen: readonly Slot[];
}

export function slotStates(evidence: Evidence): SlotStates {
  const wrong: Slot[] = [];
  const right: Slot[] = [];
  const unseen: Slot[] = [];
  for (const slot of evidence.layout.slots) {
    const entries = entriesOf(evidence, [slot]);
    const { truth, bar } = entries;
    if (anyEntry(entries, (e) => isWrong(entries, e))) wrong.push(slot);
    else if (anyEntry(entries, (e) => Math.abs(truth[e]!) > bar[e]!)) right.push(slot);
    else unseen.push(slot);
  }
  return { wrong, right, unseen };
}

/** All that is wrong. */
export function wrongScope(evidence: Evidence, { wrong, right }: SlotStates): Scope {
  return {
    evidence,
    slots: wrong,
    entries: entriesOf(evidence, wrong),
    novelty: noveltyOf(evidence),
    whole: right.length === 0,
  };
}

/** One slot of it. */
export const slotScope = ({ evidence, novelty }: Scope, slot: Slot): Scope => ({
  evidence,
  slots: [slot],
  entries: entriesOf(evidence, [slot]),
  novelty,
  whole: evidence.layout.slots.length === 1,
});
