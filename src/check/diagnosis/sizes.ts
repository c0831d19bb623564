import type { Constant } from './constant.ts';
import type { Scope } from './scope.ts';
import { ROUNDING } from './support.ts';

/** A number that a factor is known by. */
export interface KnownSize {
  readonly value: number;
  /** `N`, `N·C`: sizes that the user named; null for others, of which the cause is a guess. */
  readonly name: string | null;
  /** What a gradient too large by it lacks, or too small by it has too much of; '' if nobody knows. */
  readonly meaning: string;
}

/** Known sizes that fit |c|, the plainest kind only; more than one where they coincide. */
export function sizesOf({ value, spread }: Constant, scope: Scope): readonly KnownSize[] {
  const size = Math.abs(value);
  const fits = (known: KnownSize): boolean =>
    Math.abs(size - known.value) <= spread + 2 * ROUNDING * known.value;
  for (const kind of [simple(scope), composed(scope)]) {
    const fitting = kind.filter(fits);
    if (fitting.length > 0) return fitting;
  }
  return [];
}

/** How many numbers a factor is compared with, signs counted. */
export const sizeCount = (scope: Scope): number =>
  2 * (1 + simple(scope).length + composed(scope).length);

/** The batch by its usual names: the mean over it is the one most often forgotten. */
const BATCH = /^(n|b|m|batch|batch_?size|samples|rows)$/i;

const over = (name: string): string => (BATCH.test(name) ? 'the batch' : name);

function simple(scope: Scope): readonly KnownSize[] {
  const given = givenSizes(scope).flatMap(([name, value]): KnownSize[] => [
    { value, name, meaning: `the mean over ${over(name)} is missing` },
    {
      value: 1 / value,
      name: `1/${name}`,
      meaning: `it is divided by ${name} once too often`,
    },
  ]);
  const extents = scope.slots.flatMap((slot) =>
    slot.shape.flatMap((extent, axis): KnownSize[] => {
      if (extent === 1) return [];
      const length = `the length of axis ${axis} of ${slot.name} is ${extent}`;
      return [
        { value: extent, name: null, meaning: `a sum stands for a mean: ${length}` },
        { value: 1 / extent, name: null, meaning: `a mean stands for a sum: ${length}` },
      ];
    }),
  );
  // Slots of one shape repeat an extent: the first of them is named.
  const first = extents.filter(
    ({ value }, k) => ![...given, ...extents.slice(0, k)].some((known) => known.value === value),
  );
  return [...given, ...PLAIN, ...first];
}

/** Factors that come from formulas rather than from sizes. */
const PLAIN: readonly KnownSize[] = [
  { value: 2, name: null, meaning: 'a ½ is forgotten, or a 2 that a ½ cancels' },
  { value: 1 / 2, name: null, meaning: 'the 2 from the derivative of a square is forgotten' },
];

/** Products and quotients of two sizes, a size with a 2, small numbers and powers of ten. */
function composed(scope: Scope): readonly KnownSize[] {
  const sizes = [...givenSizes(scope), ['2', 2] as const];
  const products = sizes.flatMap(([a, v], i) =>
    sizes.slice(i + 1).flatMap(([b, w]): KnownSize[] => {
      const both = b === '2' ? `2·${a}` : `${a}·${b}`;
      const means = b === '2' ? 'a mean and a factor 2' : `the mean over ${both}`;
      return [
        { value: v * w, name: both, meaning: `${means} is missing` },
        { value: 1 / (v * w), name: `1/(${both})`, meaning: `${means} is applied once too often` },
        { value: v / w, name: `${a}/${b}`, meaning: 'one is used where the other belongs' },
        { value: w / v, name: `${b}/${a}`, meaning: 'one is used where the other belongs' },
      ];
    }),
  );
  const numbers = [3, 4, ...POWERS].flatMap((value): KnownSize[] => [
    { value, name: null, meaning: '' },
    { value: 1 / value, name: null, meaning: '' },
  ]);
  return [...products, ...numbers];
}

/** Units and learning rates. */
const POWERS = [10, 100, 1e3, 1e4, 1e5, 1e6, 1e9];

const givenSizes = ({ evidence }: Scope): (readonly [string, number])[] =>
  Object.entries(evidence.factors).filter(
    ([, value]) => Number.isFinite(value) && value > 0 && value !== 1,
  );
