import { type Constant, commonConstant, MAX_LUCK, nearChance } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Entries } from './entries.ts';
import type { Novelty } from './novelty.ts';
import type { Scope } from './scope.ts';
import { type KnownSize, sizeCount, sizesOf } from './sizes.ts';
import { confidenceOf, isEnough, PLACES, supportOf, TELLING } from './support.ts';
import { figure, listed, restIsRight, subject } from './wording.ts';

/**
 * One number times the truth at every entry of the scope, −1 and known sizes by name. At a single
 * point a scalar that is wrong upstream gives such a number too, so there only a known one counts.
 */
export function factor(scope: Scope): Diagnosis | null {
  const { entries, novelty } = scope;
  const ratio = commonRatio(entries, novelty);
  // A multiple that the bars cannot tell from 0 is none.
  if (ratio === null || ratio.spread > TELLING * Math.abs(ratio.value)) return null;
  const support = supportOf(entries, novelty, {
    value: (e) => ratio.value * entries.truth[e]!,
    bar: (e) => ratioBar(entries, e, ratio.value),
    free: 1,
  });
  const luck = ratioLuck(ratio, scope);
  if (luck > MAX_LUCK || !isEnough(support)) return null;
  // Any single wrong entry is some number times its truth: only a known one is worth a name.
  if (!isKnown(ratio, scope) && new Set(entries.index).size < PLACES) return null;
  const confidence = confidenceOf(support, luck);
  const { name, is } = subject(scope);
  if (isMinusOne(ratio)) {
    const message = `${name} ${is} minus the truth, in every entry: the sign is wrong${restIsRight(scope)}`;
    return { kind: 'sign', message, confidence };
  }
  const message = `${name} ${is} ${inWords(ratio, scope)}${restIsRight(scope)}`;
  return { kind: 'factor', message, confidence };
}

/** The c of got = c · truth; null where the ratio differs or nothing stands out of its bar. */
export const commonRatio = (entries: Entries, novelty: Novelty): Constant | null =>
  commonConstant(entries, novelty, {
    of: (e) => entries.got[e]!,
    against: (e) => entries.truth[e]!,
    bar: (e, c) => ratioBar(entries, e, c),
    right: 1,
  });

/** A bound on the error of got − c · truth: the bar holds the errors of both. */
export const ratioBar = ({ bar }: Entries, e: number, c: number): number =>
  bar[e]! * Math.max(1, Math.abs(c));

/** Chance that a ratio which is no constant would look like this one. */
export const ratioLuck = (ratio: Constant, scope: Scope): number =>
  ratio.luck * (isKnown(ratio, scope) ? nearChance(ratio, sizeCount(scope)) : 1);

const isKnown = (ratio: Constant, scope: Scope): boolean =>
  isMinusOne(ratio) || sizesOf(ratio, scope).length > 0;

const isMinusOne = ({ value, spread }: Constant): boolean => Math.abs(value + 1) <= spread;

/** `640 times too large, and N = 640: the mean over the batch is missing`. */
function inWords(ratio: Constant, scope: Scope): string {
  const size = Math.abs(ratio.value);
  const sign = ratio.value < 0 ? 'of the wrong sign and ' : '';
  const [first, ...others] = sizesOf(ratio, scope);
  if (first === undefined) return `${nearOne(ratio.value)} times the truth, in every entry`;
  const times =
    size > 1 ? `${figure(size)} times too large` : `${figure(1 / size)} times too small`;
  const and = first.name === null ? '' : `, and ${equation(first)}`;
  const also = others.length === 0 ? '' : ` (or ${listed(others.slice(0, 3).map(alternative))})`;
  return `${sign}${times}${and}: ${first.meaning}${also}`;
}

/** 1.002, not 1.00. */
const nearOne = (value: number): string =>
  Math.abs(value - 1) < 0.01
    ? `1 ${value < 1 ? '−' : '+'} ${figure(Math.abs(value - 1))}`
    : figure(value);

/** 1/N = 1/640 is said as N = 640. */
const equation = ({ name, value }: KnownSize): string => {
  const inverse = /^1 ?\/ ?\(?(.*?)\)?$/.exec(name ?? '')?.[1];
  return inverse === undefined || name === null
    ? `${name} = ${figure(value)}`
    : `${inverse} = ${figure(1 / value)}`;
};

const alternative = (size: KnownSize): string =>
  size.name === null ? size.meaning : `${equation(size)}: ${size.meaning}`;
