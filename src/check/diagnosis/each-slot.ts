import type { Slot } from '../../params/layout.ts';
import type { Diagnosis, DiagnosisKind } from './diagnosis.ts';
import { type Scope, slotScope } from './scope.ts';
import { nameScope } from './scope-namers.ts';
import { PERHAPS, slotNames } from './wording.ts';

interface NamedSlot {
  readonly slot: Slot;
  readonly diagnosis: Diagnosis | null;
}

/** More slots than this are not taken one by one: the message would say nothing. */
const SLOTS = 16;

/** What the wrong slots show one by one. */
export interface EachSlot {
  /** A name for every one of them, or null; where kinds differ, the most frequent one stands. */
  readonly diagnosis: Diagnosis | null;
  /** What is known of some where others have no name; '' where none has. */
  readonly part: string;
}

export function nameEachSlot(scope: Scope): EachSlot {
  const named = namedSlots(scope);
  const found = named.flatMap(({ diagnosis }) => diagnosis ?? []);
  if (found.length === 0) return { diagnosis: null, part: '' };
  const message = inWords(named);
  if (found.length < named.length) return { diagnosis: null, part: message };
  const kind = mostFrequent(found.map((d) => d.kind));
  const confidence = Math.min(...found.map((d) => d.confidence));
  return { diagnosis: { kind, message, confidence }, part: '' };
}

const namedSlots = (scope: Scope): readonly NamedSlot[] =>
  scope.slots.length < 2 || scope.slots.length > SLOTS
    ? []
    : scope.slots.map((slot) => ({ slot, diagnosis: nameScope(slotScope(scope, slot)) }));

/** What is said of several slots is said once. */
function inWords(named: readonly NamedSlot[]): string {
  const groups = new Map<string, Slot[]>();
  for (const { slot, diagnosis } of named) {
    const says = sayingOf(slot, diagnosis);
    groups.set(says, [...(groups.get(says) ?? []), slot]);
  }
  return [...groups]
    .map(([says, slots]) => {
      if (!says.startsWith('is ')) return says;
      return slots.length === 1
        ? `${slots[0]!.name} ${says}`
        : `${slotNames(slots)} are ${says.slice('is '.length)}`;
    })
    .join('; ');
}

/** The last of them where several are, which is the nearest to the loss. */
const mostFrequent = (kinds: readonly DiagnosisKind[]): DiagnosisKind => {
  const count = (kind: DiagnosisKind): number => kinds.filter((k) => k === kind).length;
  return kinds.reduce((best, kind) => (count(kind) >= count(best) ? kind : best));
};

/** The message of one slot without its name at the start, what it says of the others, and guesses. */
function sayingOf(slot: Slot, diagnosis: Diagnosis | null): string {
  if (!diagnosis) return 'is wrong in a way without a name';
  const message = diagnosis.message
    .split(PERHAPS)[0]!
    .replace(/; (the rest is|all other entries are) right$/, '');
  return message.startsWith(`${slot.name} is `) ? message.slice(slot.name.length + 1) : message;
}
