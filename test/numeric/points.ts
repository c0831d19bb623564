import { fc } from '../property.ts';

/** Magnitudes from 1e-300 to 700: near 0, moderate and saturated alike. */
const magnitude: fc.Arbitrary<number> = fc.oneof(
  fc.double({ min: -300, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
  fc.double({ min: 0.1, max: 40, noNaN: true }),
  fc.double({ min: 40, max: 700, noNaN: true }),
);

/** Arguments where each elementary function must hold, zero included. */
export const arguments700: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  magnitude,
  magnitude.map((v) => -v),
);

/** Positive arguments, for the logarithm. */
export const positives: fc.Arbitrary<number> = magnitude;

/** Arguments of log1p: above −1, and close to it. */
export const aboveMinusOne: fc.Arbitrary<number> = fc.oneof(
  magnitude,
  fc.double({ min: -1, max: 0, minExcluded: true, noNaN: true }),
);

export type Elementary = 'exp' | 'log' | 'log1p' | 'expm1' | 'tanh' | 'sigmoid';

/** The functions of one number that every arithmetic has, and where they are defined. */
export const ELEMENTARY: readonly {
  readonly name: Elementary;
  readonly at: fc.Arbitrary<number>;
}[] = [
  { name: 'exp', at: arguments700 },
  { name: 'log', at: positives },
  { name: 'log1p', at: aboveMinusOne },
  { name: 'expm1', at: arguments700 },
  { name: 'tanh', at: arguments700 },
  { name: 'sigmoid', at: arguments700 },
];
