import type { Arithmetic } from './arithmetic.ts';
import { type Decimal, decimalArithmetic } from './decimal.ts';

/** A decimal that knows how far it may be from the exact value. */
export interface TrackedDecimal {
  readonly value: Decimal;
  /** log₁₀ of a bound on |value − exact|: −Infinity where it is exact, Infinity where nothing is known. */
  readonly error: number;
}

/** Errors below 10^this cannot be seen in a double: 30 digits under the smallest one, 5e-324. */
const INVISIBLE = -354;

/** Whether `digits` significant digits are right, or all that a double could show of them. */
export const isSettled = ({ value, error }: TrackedDecimal, digits: number): boolean =>
  error <= INVISIBLE || error <= magnitude(value).below - digits;

/**
 * Running error analysis (Higham 2002, §3.3) beside every operation of `decimalArithmetic`: what
 * saturation cancels shows as an error, where two precisions might agree on 0. A branch whose
 * condition may have either sign makes its value unknown. What is noise around 0 and invisible counts
 * as 0, so that exact ties settle at 400 digits.
 */
export function trackedArithmetic(digits: number): Arithmetic<TrackedDecimal> {
  const a = decimalArithmetic(digits);

  function tracked(value: Decimal, error: number): TrackedDecimal {
    if (value.isNaN()) return { value, error: Number.POSITIVE_INFINITY };
    const noise = error <= INVISIBLE && magnitude(value).above <= error;
    return noise ? { value: new a.D(0), error: Number.NEGATIVE_INFINITY } : { value, error };
  }
  /** One unit of the last digit kept; none of an infinity. */
  const rounding = (value: Decimal): number =>
    value.isFinite() ? magnitude(value).above + 1 - digits : Number.NEGATIVE_INFINITY;
  /** A rounded value and the error passed on to it. */
  const rounded = (value: Decimal, passed: number): TrackedDecimal =>
    tracked(value, logSum(passed, rounding(value)));
  /** f(x) where |f′| ≤ 10^slope around x; the margin is for the slope's own change within the error. */
  const mapped = (value: Decimal, x: TrackedDecimal, slope: number): TrackedDecimal =>
    rounded(
      value,
      x.error < SMALL ? logProduct(x.error, slope) + MARGIN : Number.POSITIVE_INFINITY,
    );
  /** f(x) where |f′(x)| = 1/|d|, d off by as much as x. */
  const reciprocal = (value: Decimal, x: TrackedDecimal, d: Decimal): TrackedDecimal => {
    const { below } = magnitude(d);
    const known = x.error < below + SMALL || x.error === Number.NEGATIVE_INFINITY;
    return rounded(value, known ? logProduct(x.error, -below) + MARGIN : Number.POSITIVE_INFINITY);
  };
  const sum = (value: Decimal, x: TrackedDecimal, y: TrackedDecimal): TrackedDecimal => {
    const passed = logSum(x.error, y.error);
    return isExactSum(x.value, y.value, digits) ? tracked(value, passed) : rounded(value, passed);
  };

  return {
    constant: (value) => ({ value: a.constant(value), error: Number.NEGATIVE_INFINITY }),
    add: (x, y) => sum(a.add(x.value, y.value), x, y),
    sub: (x, y) => sum(a.sub(x.value, y.value), x, y),
    mul: (x, y) => {
      const value = a.mul(x.value, y.value);
      const passed = logSum(
        logSum(
          logProduct(x.error, magnitude(y.value).above),
          logProduct(y.error, magnitude(x.value).above),
        ),
        logProduct(x.error, y.error),
      );
      const isExact = x.value.precision() + y.value.precision() <= digits;
      return isExact ? tracked(value, passed) : rounded(value, passed);
    },
    div: (x, y) => {
      const value = a.div(x.value, y.value);
      const passed = logSum(x.error, logProduct(y.error, magnitude(value).above));
      const { below } = magnitude(y.value);
      const known = y.error < below + SMALL || y.error === Number.NEGATIVE_INFINITY;
      return rounded(value, known ? logProduct(passed, -below) + MARGIN : Number.POSITIVE_INFINITY);
    },
    neg: (x) => ({ value: a.neg(x.value), error: x.error }),
    exp: (x) => {
      const value = a.exp(x.value);
      return mapped(value, x, magnitude(value).above);
    },
    log: (x) => reciprocal(a.log(x.value), x, x.value),
    log1p: (x) => reciprocal(a.log1p(x.value), x, x.value.plus(1)),
    expm1: (x) => mapped(a.expm1(x.value), x, x.value.toNumber() * Math.LOG10E),
    // sech² ≤ 1.
    tanh: (x) => mapped(a.tanh(x.value), x, 0),
    // σ′ ≤ σ.
    sigmoid: (x) => {
      const value = a.sigmoid(x.value);
      return mapped(value, x, magnitude(value).above);
    },
    choose: (condition, positive, otherwise) => {
      if (condition.value.isNaN()) return condition;
      const known = condition.error < magnitude(condition.value).below || isExact(condition);
      const chosen = condition.value.gt(0) ? positive() : otherwise();
      return known ? chosen : { value: chosen.value, error: Number.POSITIVE_INFINITY };
    },
    // No result depends on which value a shift takes, so it is exact.
    shift: (values) => ({
      value: a.shift(values.map((v) => v.value)),
      error: Number.NEGATIVE_INFINITY,
    }),
  };
}

/** log₁₀ of a tenth: errors below it, relative to 1 or to a divisor, allow the first-order rules. */
const SMALL = -1;
/** log₁₀ of 1/(1 − 0.1), and of (e^0.1 − 1)/0.1, rounded up. */
const MARGIN = 0.05;

const isExact = (x: TrackedDecimal): boolean => x.error === Number.NEGATIVE_INFINITY;

/** Bounds on log₁₀|value|. */
function magnitude(value: Decimal): { readonly below: number; readonly above: number } {
  if (value.isZero()) return { below: Number.NEGATIVE_INFINITY, above: Number.NEGATIVE_INFINITY };
  if (!value.isFinite())
    return { below: Number.POSITIVE_INFINITY, above: Number.POSITIVE_INFINITY };
  // decimal.js keeps seven digits a word; the first word holds the leading ones.
  const lead = value.d[0]!;
  const power = value.e - Math.floor(Math.log10(lead));
  return { below: power + Math.log10(lead), above: power + Math.log10(lead + 1) };
}

/** Whether no digit is lost: from the first of either to the last of either there are few enough. */
function isExactSum(x: Decimal, y: Decimal, digits: number): boolean {
  if (x.isZero() || y.isZero()) return Math.max(x.precision(), y.precision()) <= digits;
  const last = Math.min(x.e - x.precision(), y.e - y.precision());
  return Math.max(x.e, y.e) + 1 - last <= digits;
}

/** log₁₀(10^x + 10^y). */
function logSum(x: number, y: number): number {
  const [small, large] = x < y ? [x, y] : [y, x];
  if (small === Number.NEGATIVE_INFINITY || large === Number.POSITIVE_INFINITY) return large;
  return large + Math.log1p(10 ** (small - large)) * Math.LOG10E;
}

/** log₁₀(10^x · 10^y), where 0 times anything is 0. */
const logProduct = (x: number, y: number): number =>
  x === Number.NEGATIVE_INFINITY || y === Number.NEGATIVE_INFINITY
    ? Number.NEGATIVE_INFINITY
    : x + y;
