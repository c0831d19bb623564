import { Decimal } from 'decimal.js';
import type { Arithmetic } from './arithmetic.ts';

export type { Decimal } from 'decimal.js';
export type DecimalConstructor = typeof Decimal;

/** A decimal type of its own precision; exponents as wide as the library has, so nothing underflows. */
export const decimalsOf = (digits: number): DecimalConstructor =>
  Decimal.clone({ precision: digits, minE: -9e15, maxE: 9e15, defaults: true });

/**
 * The exact value of a double, at any precision: significand × 2^exponent.
 * (`new Decimal(0.1)` would be the decimal 0.1, not the double.)
 */
export function exactDecimal(D: DecimalConstructor, value: number): Decimal {
  if (!Number.isFinite(value)) return new D(value);
  let significand = value;
  let exponent = 0;
  // Doubling is exact, and 1,074 doublings make any double an integer.
  while (!Number.isInteger(significand)) {
    significand *= 2;
    exponent++;
  }
  return new D(BigInt(significand).toString()).div(new D(2).pow(exponent));
}

/** The definitions read with `digits` significant digits. */
export function decimalArithmetic(digits: number): Arithmetic<Decimal> & { readonly D: DecimalConstructor } {
  const D = decimalsOf(digits);
  const one = new D(1);
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
    log1p: (a) => a.plus(one).ln(),
    expm1: (a) => a.exp().minus(one),
    // 1 − 2/(e²ᵃ + 1), on |a|: the exponential only shrinks.
    tanh: (a) => {
      const e = a.abs().times(-2).exp();
      const t = one.minus(e).div(one.plus(e));
      return a.isNegative() ? t.neg() : t;
    },
    sigmoid: (a) => one.div(one.plus(a.neg().exp())),
    choose: (condition, positive, otherwise) => (condition.gt(0) ? positive() : otherwise()),
    shift: (values) => values.reduce((largest, v) => (v.gt(largest) ? v : largest)),
  };
}
