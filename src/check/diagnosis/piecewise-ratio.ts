import { MAX_LUCK } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import { anyEntry, type Entries, isWrong, placesAmong, subset } from './entries.ts';
import { commonRatio, ratioBar, ratioLuck } from './factor.ts';
import type { Scope } from './scope.ts';
import {
  confidenceOf,
  isEnough,
  PLACES,
  ROUNDING,
  type Support,
  supportOf,
  supportOfHits,
  TELLING,
} from './support.ts';
import { figure, restIsRight, subject } from './wording.ts';

interface Partition {
  readonly inside: (entries: Entries, e: number) => boolean;
  /** `where x > 0`. */
  readonly here: string;
  readonly there: string;
}

const PARTITIONS: readonly Partition[] = [
  {
    inside: ({ x }, e) => x[e]! > 0,
    here: 'where the parameter is > 0',
    there: 'where it is ≤ 0',
  },
  {
    inside: ({ x }, e) => Math.abs(x[e]!) <= 1,
    here: 'where the parameter is within ±1',
    there: 'beyond',
  },
  {
    inside: ({ truth }, e) => truth[e]! > 0,
    here: 'where the truth is > 0',
    there: 'where it is < 0',
  },
];

interface Side {
  readonly says: string;
  readonly support: Support;
  readonly luck: number;
}

/** One ratio to the truth on one side of a threshold and another beyond it. */
export function piecewiseRatio(scope: Scope): Diagnosis | null {
  // One ratio for all has no pieces.
  if (commonRatio(scope.entries, scope.novelty) !== null) return null;
  for (const { inside, here, there } of PARTITIONS) {
    const parts = [true, false].map((side) =>
      subset(scope.entries, (e) => inside(scope.entries, e) === side),
    );
    if (parts.some(({ count }) => count < PLACES)) continue;
    if (here.includes('truth') && !crossesRows(scope)) continue;
    const [a, b] = parts.map((entries) => sideOf({ ...scope, entries }));
    // The same of both sides is no matter of sides.
    if (!a || !b || a.says === b.says) continue;
    if (parts.some((entries) => placesAmong(entries, () => true) < PLACES)) continue;
    const support = {
      telling: a.support.telling + b.support.telling,
      lnChance: a.support.lnChance + b.support.lnChance,
    };
    const luck = Math.max(a.luck, b.luck);
    if (!isEnough(support)) continue;
    const { name, is } = subject(scope);
    return {
      kind: 'piecewise-ratio',
      message: `${name} ${is} ${a.says} ${here}, and ${b.says} ${there}${restIsRight(scope)}`,
      confidence: confidenceOf(support, luck),
    };
  }
  return null;
}

/** What holds on one side: it is right, or times a constant, or something where the truth is 0. */
function sideOf(scope: Scope): Side | null {
  const { entries, novelty } = scope;
  const tells = (e: number): boolean => entries.bar[e]! <= TELLING * Math.abs(entries.truth[e]!);
  if (!anyEntry(entries, (e) => isWrong(entries, e))) {
    // That the right ones are just those of one side has one chance in two for each.
    const seen = placesAmong(entries, tells);
    if (seen < PLACES) return null;
    return { says: 'right', support: evenChances(seen), luck: 0 };
  }
  const { truth, bar } = entries;
  const flatAndWrong = (e: number): boolean =>
    Math.abs(truth[e]!) <= bar[e]! && isWrong(entries, e);
  if (!anyEntry(entries, (e) => !flatAndWrong(e))) {
    const support = evenChances(placesAmong(entries, () => true));
    return { says: 'not 0, as the truth is,', support, luck: 0 };
  }
  const ratio = commonRatio(entries, novelty);
  if (ratio === null) return null;
  const isZero = entries.got.every((value) => value === 0);
  const value = isZero ? 0 : ratio.value;
  const support = supportOf(entries, novelty, {
    value: (e) => value * entries.truth[e]!,
    bar: (e) => ratioBar(entries, e, value),
    free: 1,
  });
  const luck = isZero ? 0 : ratioLuck(ratio, scope);
  if (support === null || support.telling < PLACES - 1 || luck > MAX_LUCK) return null;
  const near = Math.abs(ratio.value + 1) <= ratio.spread + ROUNDING;
  const says = isZero ? '0' : near ? 'minus the truth' : `${figure(value)} times the truth`;
  return { says, support, luck };
}

const evenChances = (count: number): Support =>
  supportOfHits(new Array<number>(count).fill(Math.log(1 / 2)), 0);

/**
 * In a batch of one the sign of ∂L/∂w[i,j] = δᵢxⱼ may be the row's or the column's alone, and each row
 * has a ratio of its own when δ is wrong: signs must change within both a row and a column.
 */
function crossesRows({ slots, evidence }: Scope): boolean {
  return slots.every(({ shape, offset, size }) => {
    const width = shape.at(-1)!;
    if (shape.length < 2 || width === 1 || size === width) return true;
    return evidence.observations.some(({ expected }) => {
      const sign = (i: number): number => Math.sign(expected[offset + i]!);
      const opposite = (i: number, j: number): boolean => sign(i) * sign(j) < 0;
      let [inRow, inColumn] = [false, false];
      for (let i = 0; i < size; i++) {
        if (i % width !== 0 && opposite(i, i - 1)) inRow = true;
        if (i >= width && opposite(i, i - width)) inColumn = true;
      }
      return inRow && inColumn;
    });
  });
}
