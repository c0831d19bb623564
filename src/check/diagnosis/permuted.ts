import { entryName } from '../../params/layout.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Entries, isWrong } from './entries.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, supportOf } from './support.ts';
import { counted, listed, restIsRight, slotNames, subject } from './wording.ts';

/**
 * The wrong entries hold the truth of one another, in the same order at every observation: found by
 * sorting both at the first. Any of m! orders could have fitted by luck, which the chance counts.
 */
export function permuted(scope: Scope): Diagnosis | null {
  const { evidence, entries, novelty, slots } = scope;
  const size = slots.reduce((sum, slot) => sum + slot.size, 0);
  // An entry that was not differenced could be anyone's source: at the first point all must be known.
  const first = entries.observation.subarray(0, size);
  if (first.length < size || first.some((k) => k !== 0)) return null;
  const source = sourcesOf(scope);
  if (source === null) return null;
  const at = (of: 'expected' | 'uncertainty', e: number): number => {
    const i = entries.index[e]!;
    return evidence.observations[entries.observation[e]!]![of][source.get(i) ?? i]!;
  };
  // Elsewhere what is not known predicts nothing: its entry counts neither way.
  const known = (e: number): boolean => Number.isFinite(at('expected', e));
  const support = supportOf(entries, novelty, {
    value: (e) => (known(e) ? at('expected', e) : entries.got[e]!),
    bar: (e) => (known(e) ? entries.bar[e]! + at('uncertainty', e) : Number.POSITIVE_INFINITY),
    free: 0,
  });
  if (!isEnough(support, lnFactorial(source.size))) return null;
  return {
    kind: 'permutation',
    message: inWords(scope, source),
    confidence: confidenceOf({ ...support, lnChance: support.lnChance + lnFactorial(source.size) }),
  };
}

/** Whose truth each wrong entry holds at the first observation; null where that is not settled. */
function sourcesOf({ entries }: Scope): ReadonlyMap<number, number> | null {
  const wrong = new Set<number>();
  for (let e = 0; e < entries.count; e++) {
    if (isWrong(entries, e)) wrong.add(entries.index[e]!);
  }
  const first: number[] = [];
  for (let e = 0; e < entries.count && entries.observation[e] === 0; e++) {
    if (wrong.has(entries.index[e]!)) first.push(e);
  }
  if (first.slice(0, GLANCE).some((to) => !first.some((from) => holds(entries, to, from))))
    return null;
  const byTruth = [...first].sort((a, b) => entries.truth[a]! - entries.truth[b]!);
  const byGot = [...first].sort((a, b) => entries.got[a]! - entries.got[b]!);
  const source = new Map<number, number>();
  for (const [rank, to] of byGot.entries()) {
    const from = byTruth[rank]!;
    if (!holds(entries, to, from)) return null;
    source.set(entries.index[to]!, entries.index[from]!);
  }
  return source;
}

/** A few numbers that stand nowhere in the truth save the sorting. */
const GLANCE = 4;

/** Whether one entry holds the truth of another. */
const holds = ({ got, truth, bar }: Entries, to: number, from: number): boolean =>
  Math.abs(got[to]! - truth[from]!) <= bar[to]! + bar[from]!;

function inWords(scope: Scope, source: ReadonlyMap<number, number>): string {
  const { evidence, slots } = scope;
  const { name } = subject(scope);
  const [first, second] = [...source.keys()];
  if (source.size === 2) {
    const pair = listed([first!, second!].map((i) => entryName(evidence.layout, i)));
    return `${pair} are exchanged${restIsRight(scope)}`;
  }
  const slot = slots.length === 1 && slots[0]!.shape.length === 2 ? slots[0]! : null;
  if (slot) {
    const width = slot.shape[1]!;
    const row = (i: number): number => Math.floor((i - slot.offset) / width);
    const column = (i: number): number => (i - slot.offset) % width;
    const moves = [...source];
    if (moves.every(([to, from]) => column(to) === column(from))) {
      if (isByLine(moves, row))
        return `the rows of ${slot.name} are in another order${restIsRight(scope)}`;
    }
    if (moves.every(([to, from]) => row(to) === row(from))) {
      if (isByLine(moves, column)) {
        return `the columns of ${slot.name} are in another order${restIsRight(scope)}`;
      }
    }
  }
  const where = slots.length > 1 && scope.whole ? slotNames(slots) : name;
  return `${where}: ${counted(source.size, 'entry', 'entries')} hold the right numbers in the wrong order${restIsRight(scope)}`;
}

/** Whether all entries of a line come from one other line. */
function isByLine(
  moves: readonly (readonly [number, number])[],
  line: (i: number) => number,
): boolean {
  const from = new Map<number, number>();
  for (const [to, source] of moves) {
    const known = from.get(line(to));
    if (known !== undefined && known !== line(source)) return false;
    from.set(line(to), line(source));
  }
  return true;
}

const lnFactorial = (n: number): number => {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
};
