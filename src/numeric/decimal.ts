import { Decimal } from 'decimal.js';
import type { Arithmetic } from './arithmetic.ts';

export type { Decimal } from 'decimal.js';
export type DecimalConstructor = typeof Decimal;

/** A decimal type of its own precision; exponents as wide as the library has, so nothing underflows. */
export const decimalsOf = (digits: number): DecimalConstructor =>
  Decimal.clone({ precision: digits, minE: -9e15, maxE: 9e15, defaults: true });

/**
 * The exact value of a double, whatever the precision of D: only operations round, a literal never.
 * (`new Decimal(0.1)` would be the decimal 0.1, not the double.)
 */
export function exactDecimal(D: DecimalConstructor, value: number): Decimal {
  if (!Number.isFinite(value) || value === 0) return new D(value);
  let significand = value;
  let halvings = 0;
  // Doubling is exact, and at most 1,074 doublings make a double an integer.
  while (!Number.isInteger(significand)) {
    significand *= 2;
    halvings++;
  }
  // s / 2ᵏ = s · 5ᵏ / 10ᵏ.
  return new D(`${BigInt(significand) * 5n ** BigInt(halvings)}e-${halvings}`);
}

/** The definitions read with `digits` significant digits; every function is good to all of them. */
export function decimalArithmetic(
  digits: number,
): Arithmetic<Decimal> & { readonly D: DecimalConstructor } {
  const D = decimalsOf(digits);
  const one = new D(1);
  const Wide = decimalsOf(2 * digits);

  /**
   * For f(a) = a + O(a²), whose plain form cancels near 0: below 10^−digits f is a itself, and up to
   * 1 twice the digits outlast the cancellation.
   */
  const nearIdentity =
    (f: (a: Decimal) => Decimal) =>
    (a: Decimal): Decimal => {
      if (a.isZero() || a.e < -digits) return a;
      if (a.e >= 0) return f(a);
      return new D(f(new Wide(a))).toSignificantDigits(digits);
    };

  return {
    D,
    constant: (value) => exactDecimal(D, value),
    add: (a, b) => a.plus(b),
    sub: (a, b) => a.minus(b),
    mul: (a, b) => a.times(b),
    div: (a, b) => a.div(b),
    neg: (a) => a.neg(),
    exp: (a) => a.exp(),
    log: (a) => a.ln(),
    log1p: nearIdentity((a) => a.plus(1).ln()),
    expm1: nearIdentity((a) => a.exp().minus(1)),
    // (1 − e^−2|a|) / (1 + e^−2|a|): the exponential only shrinks.
    tanh: nearIdentity((a) => {
      const e = a.abs().times(-2).exp();
      const t = e.neg().plus(1).div(e.plus(1));
      return a.isNegative() ? t.neg() : t;
    }),
    sigmoid: (a) => one.div(one.plus(a.neg().exp())),
    choose: (condition, positive, otherwise) => {
      if (condition.isNaN()) return condition;
      return condition.gt(0) ? positive() : otherwise();
    },
    shift: (values) => values.reduce((largest, v) => (v.gt(largest) ? v : largest)),
  };
}

/**
 * |got − exact| in units of the last place of `exact`: 2^(e − 52) with e = ⌊log₂|exact|⌋, 2^−1074
 * for subnormals (Goldberg 1991). At most ½ for a correctly rounded result; NaN or Infinity where
 * `got` is not finite.
 */
export function errorInUlps(got: number, exact: Decimal): number {
  if (!Number.isFinite(got)) return Math.abs(got);
  const error = exactDecimal(Ample, got).minus(new Ample(exact)).abs();
  return error.div(exactDecimal(Ample, 2 ** lastPlace(exact.abs()))).toNumber();
}

/** Holds the difference of any double (767 digits) and a reference of up to 1,000. */
const Ample = decimalsOf(1200);

/** Exponent of the last place of a double of this magnitude. */
function lastPlace(magnitude: Decimal): number {
  const SMALLEST = -1074;
  const rounded = magnitude.toNumber();
  if (rounded < 2 ** -1022) return SMALLEST;
  // log2 may be off by one beside a power of two, and the rounding may have reached that power.
  let exponent = Math.min(Math.floor(Math.log2(rounded)), 1023);
  if (exactDecimal(Ample, 2 ** exponent).gt(magnitude)) exponent--;
  return Math.max(exponent - 52, SMALLEST);
}
