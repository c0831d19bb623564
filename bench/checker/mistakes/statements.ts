import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { FUNCTIONS_OF_TRUTH, FUNCTIONS_OF_X } from '../../../src/check/diagnosis/functions.ts';
import { ratio } from './compose.ts';
import { commonRatio, equations, isFactor, type Sizes } from './factor-words.ts';
import { close, difference, isWritten, near, type SlotValues, scaledBy } from './slot-values.ts';
import { isOuterProduct, isReordered, lineOf, sumOf, turned } from './structures.ts';

/** A form of words that a diagnosis has, and what it means of the slots that it is said of. */
export interface Statement {
  readonly kind: DiagnosisKind;
  /** Of a clause, after the slots it is about. */
  readonly words: RegExp;
  readonly holds: (of: readonly SlotValues[], said: readonly string[], sizes: Sizes) => boolean;
}

/** Said of each slot by itself. */
const each =
  (holds: (slot: SlotValues, said: readonly string[]) => boolean): Statement['holds'] =>
  (of, said) =>
    of.every((slot) => holds(slot, said));

/** The first that a clause has the words of counts: pieces before the factors that they may be. */
export const STATEMENTS: readonly Statement[] = [
  {
    kind: 'piecewise-ratio',
    words:
      /(?:is|are) (.+?) where the (parameter is > 0|parameter is within ±1|truth is > 0), and (.+?) (?:where it is|beyond)/,
    holds: each((s, [, here, what, there]) => {
      const isHere = (i: number): boolean => {
        if (what === 'truth is > 0') return s.truth[i]! > 0;
        return what === 'parameter is > 0' ? s.x[i]! > 0 : Math.abs(s.x[i]!) <= 1;
      };
      return (
        isPiece(here!, only(s, isHere)) &&
        isPiece(
          there!,
          only(s, (i) => !isHere(i)),
        )
      );
    }),
  },
  {
    kind: 'zero',
    words: /(?:is|are) 0 in every entry/,
    holds: each(({ got }) => got.every((g) => g === 0)),
  },
  {
    kind: 'zero',
    words: /: ([\d,]+) of ([\d,]+) entr(?:y|ies) (?:is|are) 0 and should not be/,
    holds: (of, [, zeros, all]) => {
      const wrong = of.flatMap(wrongEntries);
      const size = of.reduce((sum, { got }) => sum + got.length, 0);
      return wrong.every((g) => g === 0) && wrong.length <= number(zeros) && size === number(all);
    },
  },
  {
    kind: 'sign',
    words: /minus the truth, in every entry/,
    holds: each(({ got, truth }) => close(got, scaledBy(-1, truth))),
  },
  {
    kind: 'factor',
    words: /(?:is|are) (.*(?:too large|too small|times the truth|half the truth).*)$/,
    holds: (of, [, words], sizes) => {
      const c = commonRatio(of);
      return c !== null && isFactor(words!, c) && equations(words!, c, sizes);
    },
  },
  {
    kind: 'transpose',
    words: /transposed/,
    holds: each((s) => turned(s).some((v) => close(s.got, v))),
  },
  {
    kind: 'permutation',
    words: /: ([\d,]+) entr(?:y|ies) holds? the right numbers in the wrong order/,
    holds: (of, [, entries]) => {
      const wrong = of.flatMap(wrongEntries);
      return isReordered(of) && wrong.length <= number(entries);
    },
  },
  {
    kind: 'permutation',
    words: /exchanged|in the opposite order|in another order|reversed along|off by one along/,
    holds: isReordered,
  },
  {
    kind: 'sum-over-axis',
    words:
      /(summed|averaged) too far: every entry holds the (?:sum|mean) (of all|over its row|over its column)/,
    holds: each((s, [, how, where]) => close(s.got, sumOf(s, where!, how === 'averaged'), s.truth)),
  },
  {
    kind: 'missing-term',
    words: /off by one number (at each point|in each row|in each column), the same in/,
    holds: each((s, [, where]) => {
      const off = difference(s);
      const line = lineOf(s, where!);
      return s.got.every((g, i) => near(g, s.truth[i]! + off[line.indexOf(line[i]!)]!, s.truth));
    }),
  },
  {
    kind: 'missing-term',
    words: /off by a single outer product/,
    holds: (of) => of.filter(({ shape }) => shape.length === 2).every(isOuterProduct),
  },
  term('constant-offset', /()/, () => 1),
  term('proportional-to-parameter', /·x/, (x) => x),
  term('missing-term', /·sign\(x\)/, Math.sign),
  term('missing-term', /·x²/, (x) => x * x),
  term('missing-term', /·x³/, (x) => x ** 3),
  {
    kind: 'elementwise-ratio',
    words: /(?:is|are) the truth times (.+), entry by entry, where x is the parameter/,
    holds: each(({ got, truth, x }, [, words]) =>
      words!.split(' or ').every((name) => {
        const known = functionOf(name, FUNCTIONS_OF_X);
        if (!known) return false;
        const at = x.map((v, i) => known.at(v) * truth[i]!);
        return isMultiple(got, at, known.coefficient);
      }),
    ),
  },
  {
    kind: 'elementwise-ratio',
    words: /(?:is|are) (.+) in every entry, where g is the truth/,
    holds: each(({ got, truth }, [, words]) =>
      words!.split(' or ').every((name) => {
        const known = functionOf(name, FUNCTIONS_OF_TRUTH);
        return known !== null && isMultiple(got, truth.map(known.at), known.coefficient);
      }),
    ),
  },
];

const number = (words: string | undefined): number => Number(words!.replaceAll(',', ''));

/** What was handed back where it is not right. */
const wrongEntries = ({ got, truth }: SlotValues): number[] =>
  got.filter((g, i) => !near(g, truth[i]!, truth));

/** `off by 0.1·x, x the parameter: a decay (L2) term is added`. */
function term(kind: DiagnosisKind, symbol: RegExp, at: (x: number) => number): Statement {
  return {
    kind,
    words: new RegExp(`off by (-?[\\d.,e-]*\\d)${symbol.source}, .*(is added|subtracted)`),
    holds: (of, said) => {
      const off = of.flatMap(difference);
      const c = ratio(
        off,
        of.flatMap(({ x }) => x.map(at)),
      );
      const isSo = of.every((s) =>
        close(
          s.got,
          s.truth.map((t, i) => t + c * at(s.x[i]!)),
        ),
      );
      const isAdded = kind === 'constant-offset' || c > 0;
      return isSo && isWritten(said[1]!, c) && isAdded === (said.at(-1) === 'is added');
    },
  };
}

interface Piece {
  readonly got: readonly number[];
  readonly truth: readonly number[];
}

const only = ({ got, truth }: SlotValues, isIn: (i: number) => boolean): Piece => ({
  got: got.filter((_, i) => isIn(i)),
  truth: truth.filter((_, i) => isIn(i)),
});

function isPiece(words: string, { got, truth }: Piece): boolean {
  // Nothing is there, or nothing to be seen.
  if ([...got, ...truth].every((v) => v === 0)) return true;
  if (words === 'right') return close(got, truth);
  if (words.startsWith('not 0')) return truth.every((t) => t === 0) && got.every((g) => g !== 0);
  if (words === '0') return got.every((g) => g === 0);
  const c = ratio(got, truth);
  if (!close(got, scaledBy(c, truth))) return false;
  return words === 'minus the truth' ? near(c, -1, [1]) : isFactor(words, c);
}

/** `−x²`, `0.5·tanh(x)`: the function and what it is multiplied by, null where nothing is said of it. */
function functionOf(
  words: string,
  among: readonly { readonly name: string; readonly at: (value: number) => number }[],
): { readonly at: (value: number) => number; readonly coefficient: string } | null {
  for (const { name, at } of among) {
    if (words === name) return { at, coefficient: '1' };
    if (words === `−${name}`) return { at, coefficient: '-1' };
    const by = words.endsWith(`·${name}`) ? words.slice(0, -name.length - 1) : '';
    if (/^-?[\d.,e-]+$/.test(by)) return { at, coefficient: by };
  }
  return null;
}

const isMultiple = (
  got: readonly number[],
  of: readonly number[],
  coefficient: string,
): boolean => {
  const c = ratio(got, of);
  return close(got, scaledBy(c, of)) && isWritten(coefficient, c);
};
