import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { type Beside, wrongSlots } from './gradients.ts';
import { close, type SlotValues, slotValues } from './slot-values.ts';
import { STATEMENTS } from './statements.ts';

/**
 * Whether a diagnosis states what is so, held clause by clause against the two gradients alone, its
 * figures too: every clause must hold, and one must be of its kind. Null where a clause is in words
 * that are not known here: not judged. A guess at the cause ("Perhaps …") is no statement.
 */
export function isSo(kind: DiagnosisKind, message: string, found: Beside): boolean | null {
  const { first, second, problem } = found;
  switch (kind) {
    case 'unrecognised':
      return true;
    case 'only-some-slots': {
      const bad = wrongSlots(found).length;
      return bad > 0 && bad < problem.model.layout.slots.length;
    }
    case 'accumulates':
      return close(
        [...second.grads],
        [...first.grads].map((g) => 2 * g),
      );
    case 'not-finite':
      return first.grads.some((g) => !Number.isFinite(g));
    case 'known-mistake':
    case 'upstream-ignored':
      return null;
    default:
      return allHold(kind, message, found);
  }
}

const REST = /^(?:the rest is|the others are|all other entries are) right$/;

function allHold(kind: DiagnosisKind, message: string, found: Beside): boolean | null {
  const all = slotValues(found);
  const isOff = ({ got, truth }: SlotValues): boolean => !close(got, truth);
  const sizes = { N: found.problem.batch.inputs.rows, C: found.problem.model.outputs };
  const kinds = new Set<DiagnosisKind>();
  const named = new Set<SlotValues>();
  let isJudged = true;
  for (const clause of message.split('. Perhaps ')[0]!.split('; ')) {
    if (REST.test(clause)) {
      if (all.some((slot) => isOff(slot) && !named.has(slot))) return false;
      continue;
    }
    const statement = STATEMENTS.find(({ words }) => words.test(clause));
    if (!statement) {
      isJudged = false;
      continue;
    }
    const said = statement.words.exec(clause)!;
    const about = slotsOf(clause, all, all.filter(isOff), (slot) =>
      statement.holds([slot], said, sizes),
    );
    if (about.length === 0) return false;
    for (const slot of about) named.add(slot);
    // Nothing can be said of a slot in which both are 0 at this point.
    const seen = about.filter(({ got, truth }) => [...got, ...truth].some((v) => v !== 0));
    if (!seen.some(isOff) || !statement.holds(seen, said, sizes)) {
      return false;
    }
    kinds.add(statement.kind);
  }
  if (!isJudged) return null;
  return kinds.has(kind);
}

/**
 * The slots that a clause is about: those it names; all wrong ones where it says so; where it names
 * some `and 3 more` of them so many as it holds for, or all if it is of all together.
 */
function slotsOf(
  clause: string,
  all: readonly SlotValues[],
  wrong: readonly SlotValues[],
  holds: (slot: SlotValues) => boolean,
): readonly SlotValues[] {
  const head = clause.split(/ is | are | come |: /)[0]!;
  if (head === 'The gradient') return wrong;
  const named = all.filter(({ name }) => head.includes(name));
  const more = Number(/ and (\d+) more$/.exec(head)?.[1] ?? 0);
  if (more === 0) return named;
  const such = wrong.filter((slot) => named.includes(slot) || holds(slot));
  return such.length >= named.length + more ? such : wrong;
}
