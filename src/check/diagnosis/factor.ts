import { type Constant, commonConstant, MAX_LUCK, nearChance } from './constant.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Entries } from './entries.ts';
import type { Novelty } from './novelty.ts';
import type { Scope } from './scope.ts';
import { type KnownSize, sizeCount, sizesOf } from './sizes.ts';
import { confidenceOf, isEnough, PLACES, supportOf, TELLING } from './support.ts';
import { figure, listed, PERHAPS, restIsRight, subject, timesTruth } from './wording.ts';

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
  const sizes = sizesOf(ratio, scope);
  const message = `${name} ${is} ${inWords(ratio, sizes)}${restIsRight(scope)}${guessOf(sizes)}`;
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
function inWords({ value }: Constant, sizes: readonly KnownSize[]): string {
  const [first, ...more] = sizes;
  const others = more.filter(({ meaning }) => meaning !== '');
  if (first === undefined) return `${timesTruth(value)}, in every entry`;
  const sign = value < 0 ? 'of the wrong sign and ' : '';
  const size = Math.abs(value);
  const times = size > 1 ? `${figure(size)} times too large` : timesTooSmall(1 / size);
  if (first.name === null) return `${sign}${times}, in every entry`;
  const also = others.length === 0 ? '' : ` (or ${listed(others.slice(0, 3).map(alternative))})`;
  return `${sign}${times}, and ${equation(first)}: ${first.meaning}${also}`;
}

const timesTooSmall = (size: number): string => {
  const times = figure(size);
  return times === '2' ? 'half the truth' : `${times} times too small`;
};

/** A number that is no size of the user's has a cause that other numbers would have as well. */
function guessOf(sizes: readonly KnownSize[]): string {
  const meanings = sizes.flatMap(({ meaning }) => meaning || []);
  return sizes[0]?.name === null && meanings.length > 0
    ? `${PERHAPS}${meanings.slice(0, 3).join(', or ')}`
    : '';
}

/** 1/N = 1/640 is said as N = 640. */
const equation = ({ name, value }: KnownSize): string => {
  const inverse = /^1\/\(?(.*?)\)?$/.exec(name ?? '')?.[1];
  return inverse === undefined ? `${name} = ${figure(value)}` : `${inverse} = ${figure(1 / value)}`;
};

const alternative = (size: KnownSize): string =>
  size.name === null ? size.meaning : `${equation(size)}: ${size.meaning}`;
