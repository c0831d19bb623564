import type { Slot } from '../../params/layout.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Scope } from './scope.ts';
import { confidenceOf, isEnough, supportOf } from './support.ts';
import { restIsRight, slotNames, subject } from './wording.ts';

/** Entries stand where others belong: got[i] = truth[from(i)]. */
interface Move {
  readonly kind: 'transpose' | 'permutation';
  /** Index into the slot to index into the slot; null where the slot has no such move. */
  readonly from: (slot: Slot) => ((i: number) => number) | null;
  readonly says: string;
  /** The same where every slot is square; `says` unless said. */
  readonly saysOfSquare?: string;
}

/** Transposed, reversed or shifted slots, all slots of the scope in the same way. */
export function moved(scope: Scope): Diagnosis | null {
  const rank = Math.max(...scope.slots.map(({ shape }) => shape.length));
  for (const { kind, from, says, saysOfSquare } of movesOf(rank)) {
    const maps = scope.slots.map((slot) => ({ slot, map: from(slot) }));
    if (maps.some(({ map }) => map === null)) continue;
    const found = movedBy(scope, (i) => {
      const { slot, map } = maps.find(({ slot: s }) => i >= s.offset && i < s.offset + s.size)!;
      return slot.offset + map!(i - slot.offset);
    });
    if (found === null) continue;
    const { name, is } = subject(scope);
    const square = scope.slots.every(({ shape }) => shape[0] === shape[1]);
    const what = square ? (saysOfSquare ?? says) : says;
    const message = `${name} ${is} ${what}${restIsRight(scope)}`;
    return { kind, message, confidence: found };
  }
  return null;
}

/** Whole slots stand where others belong: two exchanged, or all in the opposite order. */
export function exchangedSlots(scope: Scope): Diagnosis | null {
  const { slots, evidence } = scope;
  if (slots.length < 2) return null;
  const names = slotNames(slots);
  const [first, second] = slots;
  if (slots.length === 2 && first!.size === second!.size) {
    const confidence = movedBy(scope, (i) =>
      i < second!.offset ? i - first!.offset + second!.offset : i - second!.offset + first!.offset,
    );
    const message = `${names} are exchanged: each holds the gradient of the other${restIsRight(scope)}`;
    return confidence === null ? null : { kind: 'permutation', message, confidence };
  }
  const consecutive = slots.every((s, k) => k === 0 || s.offset === end(slots[k - 1]!));
  if (!consecutive) return null;
  // The slots' own order, from the last to the first, in one memory.
  const order = [...slots].reverse();
  const source = new Int32Array(evidence.layout.size);
  let at = first!.offset;
  for (const { offset, size } of order) {
    for (let i = 0; i < size; i++) source[at++] = offset + i;
  }
  const confidence = movedBy(scope, (i) => source[i]!);
  const message = `${names} come in the opposite order, the last slot first: each lands in the place of another${restIsRight(scope)}`;
  return confidence === null ? null : { kind: 'permutation', message, confidence };
}

const end = ({ offset, size }: Slot): number => offset + size;

/** The confidence that every entry i holds the truth of `source(i)`, or null. */
function movedBy(
  { evidence, entries, novelty }: Scope,
  source: (i: number) => number,
): number | null {
  const at = (of: 'expected' | 'uncertainty', e: number): number =>
    evidence.observations[entries.observation[e]!]![of][source(entries.index[e]!)]!;
  // A source that was not differenced predicts nothing: its entry counts neither way.
  const known = (e: number): boolean =>
    Number.isFinite(at('expected', e)) && Number.isFinite(at('uncertainty', e));
  const support = supportOf(entries, novelty, {
    value: (e) => (known(e) ? at('expected', e) : entries.got[e]!),
    bar: (e) => (known(e) ? entries.bar[e]! + at('uncertainty', e) : Number.POSITIVE_INFINITY),
    free: 0,
  });
  return isEnough(support) ? confidenceOf(support) : null;
}

function movesOf(rank: number): readonly Move[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const pairs = axes.flatMap((a) => axes.slice(a + 1).map((b) => [a, b] as const));
  return [
    ...pairs.flatMap(([a, b]) => transpositions(a, b)),
    ...axes.flatMap((axis) => alongAxis(axis)),
    {
      kind: 'permutation',
      from: ({ shape, size }) => (isLong(shape) ? (i) => size - 1 - i : null),
      says: 'in the opposite order: the last entry stands first',
    },
  ];
}

/** Two axes exchanged; where they differ in length, in one memory, written or read the wrong way. */
function transpositions(a: number, b: number): readonly Move[] {
  const applies = ({ shape }: Slot): boolean => (shape[a] ?? 1) > 1 && (shape[b] ?? 1) > 1;
  const swapped = (shape: readonly number[]): number[] =>
    shape.map((extent, axis) => (axis === a ? shape[b]! : axis === b ? shape[a]! : extent));
  const axes = a === 0 && b === 1 ? '' : ` in axes ${a} and ${b}`;
  return [
    {
      kind: 'transpose',
      // got's memory, read in the swapped shape, holds the truth with its axes exchanged.
      from: (slot) =>
        applies(slot)
          ? (i) => {
              const at = coordinates(i, swapped(slot.shape));
              [at[a], at[b]] = [at[b]!, at[a]!];
              return flatIndex(at, slot.shape);
            }
          : null,
      says: `transposed${axes}: the right numbers lie in the order of the transposed shape`,
      saysOfSquare: `transposed${axes}: entry [i,j] holds what belongs to [j,i], which no shape gives away where both are as long`,
    },
    {
      kind: 'transpose',
      // The inverse: the truth's memory, read in the swapped shape and transposed into got.
      from: (slot) =>
        applies(slot)
          ? (i) => {
              const at = coordinates(i, slot.shape);
              [at[a], at[b]] = [at[b]!, at[a]!];
              return flatIndex(at, swapped(slot.shape));
            }
          : null,
      says: `transposed${axes}: the right numbers are read as if they lay in the transposed shape`,
    },
  ];
}

function alongAxis(axis: number): readonly Move[] {
  const by =
    (step: (at: number, extent: number) => number): Move['from'] =>
    ({ shape }) => {
      const extent = shape[axis] ?? 1;
      if (extent < 2) return null;
      return (i) => {
        const at = coordinates(i, shape);
        at[axis] = step(at[axis]!, extent);
        return flatIndex(at, shape);
      };
    };
  const along = `along axis ${axis}`;
  return [
    {
      kind: 'permutation',
      from: by((at, extent) => extent - 1 - at),
      says: `reversed ${along}: the last stands first`,
    },
    {
      kind: 'permutation',
      from: by((at, extent) => (at + 1) % extent),
      says: `off by one ${along}: each entry holds what belongs to the next`,
    },
    {
      kind: 'permutation',
      from: by((at, extent) => (at + extent - 1) % extent),
      says: `off by one ${along}: each entry holds what belongs to the one before`,
    },
  ];
}

/** A reversal of all axes is one of its own where more than one is longer than 1. */
const isLong = (shape: readonly number[]): boolean => shape.filter((n) => n > 1).length > 1;

function coordinates(index: number, shape: readonly number[]): number[] {
  const at = shape.map(() => 0);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    at[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return at;
}

const flatIndex = (at: readonly number[], shape: readonly number[]): number =>
  at.reduce((index, value, axis) => index * shape[axis]! + value, 0);
