import type { Diagnosis } from './diagnosis.ts';
import { anyEntry, isWrong, placesAmong } from './entries.ts';
import { placesOf } from './places.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, type Support, supportOf } from './support.ts';
import { counted, subject } from './wording.ts';

/** Exactly 0 at every entry of the scope, where the truth is not. */
export function zero(scope: Scope): Diagnosis | null {
  const { entries } = scope;
  if (entries.got.some((value) => value !== 0)) return null;
  const support = zeroSupport(scope);
  if (!isEnough(support)) return null;
  const { name, is } = subject(scope);
  const why = scope.whole
    ? 'it is never computed, or never written'
    : 'nothing reaches there, or nothing is written; the rest is right';
  return {
    kind: 'zero',
    message: `${name} ${is} 0 in every entry: ${why}`,
    confidence: confidenceOf(support),
  };
}

/** Right but for entries that are exactly 0. */
export function zeroInPlaces(scope: Scope): Diagnosis | null {
  const { entries } = scope;
  if (anyEntry(entries, (e) => isWrong(entries, e) && entries.got[e] !== 0)) return null;
  const support = zeroSupport(scope);
  if (!isEnough(support)) return null;
  const wrong: number[] = [];
  for (let e = 0; e < entries.count; e++) if (isWrong(entries, e)) wrong.push(e);
  const zeros = placesAmong(entries, (e) => isWrong(entries, e));
  const all = placesAmong(entries, () => true);
  const { name } = subject(scope);
  return {
    kind: 'zero',
    message: `${name}: ${zeros} of ${counted(all, 'entry', 'entries')} ${zeros === 1 ? 'is' : 'are'} 0 and should not be${placesOf(scope, wrong)}; ${scope.whole ? 'the others are right' : 'all other entries are right'}`,
    confidence: confidenceOf(support),
  };
}

const zeroSupport = ({ entries, novelty }: Scope): Support | null =>
  supportOf(entries, novelty, {
    value: (e) => (isWrong(entries, e) ? 0 : entries.got[e]!),
    bar: (e) => entries.bar[e]!,
    free: 0,
  });
