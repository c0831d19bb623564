import { accumulates } from './accumulates.ts';
import type { Diagnosis } from './diagnosis.ts';
import { nameEachSlot } from './each-slot.ts';
import type { Evidence } from './evidence.ts';
import { facts } from './facts.ts';
import { notFinite } from './not-finite.ts';
import { onlySomeSlots } from './only-some-slots.ts';
import { slotStates, wrongScope } from './scope.ts';
import { nameScope } from './scope-namers.ts';
import { upstreamIgnored } from './upstream-ignored.ts';

/** Names what is wrong with a gradient, or keeps silent. */
export type Namer = (evidence: Evidence) => Diagnosis | null;

const NAMERS: readonly Namer[] = [notFinite, upstreamIgnored, accumulates];

/**
 * What a wrong gradient shows: the first name that explains every wrong entry of every slot, else a
 * name for each wrong slot, else the slots that are right, else `unrecognised` with the facts.
 * `before` are namers that know more, such as a bank of mistakes, and are asked first. Confidence is 1
 * less the chance that another mistake would fit as well, see `support.ts`; 0 for `unrecognised`.
 */
export function diagnose(evidence: Evidence, before: readonly Namer[] = []): Diagnosis {
  for (const namer of [...before, ...NAMERS]) {
    const diagnosis = namer(evidence);
    if (diagnosis) return diagnosis;
  }
  const states = slotStates(evidence);
  const scope = wrongScope(evidence, states);
  if (states.wrong.length === 0) return unrecognised(facts(scope));
  const whole = nameScope(scope);
  if (whole) return whole;
  const { diagnosis, part } = nameEachSlot(scope);
  const known = part === '' ? facts(scope) : `${part}. ${facts(scope)}`;
  return diagnosis ?? onlySomeSlots(scope, states, known) ?? unrecognised(known);
}

const unrecognised = (message: string): Diagnosis => ({
  kind: 'unrecognised',
  message,
  confidence: 0,
});
