import { ratio } from './compose.ts';
import { close, isWritten, near, type SlotValues, scaledBy } from './slot-values.ts';

/** Of the batch and the model, by the names that factors have: N, C. */
export type Sizes = Readonly<Record<string, number>>;

/** The one ratio of all entries to the truth, or null. */
export function commonRatio(of: readonly SlotValues[]): number | null {
  const [got, truth] = [of.flatMap((s) => s.got), of.flatMap((s) => s.truth)];
  const c = ratio(got, truth);
  return of.every((s) => close(s.got, scaledBy(c, s.truth))) ? c : null;
}

/** `of the wrong sign and 14 times too large`, `half the truth`, `1 + 2.0e-3 times the truth`. */
export function isFactor(words: string, c: number): boolean {
  if (/half the truth/.test(words)) return isWritten('2', Math.abs(1 / c)) && isSigned(words, c);
  const too = /([\d.,e-]+) times too (large|small)/.exec(words);
  if (too)
    return isWritten(too[1]!, Math.abs(too[2] === 'large' ? c : 1 / c)) && isSigned(words, c);
  const beside = /1 ([+−]) ([\d.,e-]+) times the truth/.exec(words);
  if (beside) return isWritten(beside[2]!, beside[1] === '+' ? c - 1 : 1 - c);
  const plain = /([-−]?[\d.,e-]+) times the truth/.exec(words);
  return plain !== null && isWritten(plain[1]!, c);
}

const isSigned = (words: string, c: number): boolean => /of the wrong sign/.test(words) === c < 0;

/** `N·C = 14`, `2·N = 14`: of this batch, and the factor that is meant or its inverse. */
export function equations(words: string, c: number, sizes: Sizes): boolean {
  const size = Math.abs(c) > 1 ? Math.abs(c) : 1 / Math.abs(c);
  return [...words.matchAll(/([\w·/()]*[A-Z][\w·/()]*) = ([\d.,e-]*\d)/g)].every(
    ([, of, value]) => {
      const parts = of!
        .replace(/[()]/g, '')
        .split('/')
        .map((product) =>
          product.split('·').reduce((all, name) => all * (sizes[name] ?? Number(name)), 1),
        );
      const is = parts.reduce((a, b) => a / b);
      return isWritten(value!, is) && (near(is, size, [is]) || near(1 / is, size, [size]));
    },
  );
}
