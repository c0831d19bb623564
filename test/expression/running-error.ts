import type { Arithmetic } from '../../src/numeric/arithmetic.ts';
import { double } from '../../src/numeric/double.ts';

/** A double and a bound on its distance from the exact value. */
export interface Bounded {
  readonly value: number;
  readonly error: number;
}

const U = 2 ** -53;

/**
 * Running error analysis (Wilkinson; Higham 2002, §3.3): each operation passes on its arguments'
 * errors and adds its own rounding, so evaluating a graph bounds what doubles can do to it. `onTie`
 * is called where the sign of a condition is in doubt: then no bound holds.
 */
export function runningError(onTie: () => void): Arithmetic<Bounded> {
  /** `roundings` units of roundoff of the result, and one unit of underflow. */
  const bounded = (value: number, passed: number, roundings: number): Bounded => ({
    value,
    error: passed + roundings * U * Math.abs(value) + Number.MIN_VALUE,
  });
  const nearest = (a: Bounded): number => Math.max(Math.abs(a.value) - a.error, 0);

  return {
    constant: (value) => ({ value, error: 0 }),
    add: (a, b) => bounded(a.value + b.value, a.error + b.error, 1),
    sub: (a, b) => bounded(a.value - b.value, a.error + b.error, 1),
    mul: (a, b) => {
      const passed = Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error;
      return bounded(a.value * b.value, passed, 1);
    },
    div: (a, b) => {
      const quotient = a.value / b.value;
      const divisor = Math.abs(b.value) - b.error;
      const passed =
        divisor > 0 ? (a.error + Math.abs(quotient) * b.error) / divisor : Number.POSITIVE_INFINITY;
      return bounded(quotient, passed, 1);
    },
    neg: (a) => ({ value: -a.value, error: a.error }),
    // The engine's functions are good to one ulp, at most 2u; its tanh to two.
    exp: (a) => bounded(Math.exp(a.value), Math.exp(a.value) * Math.expm1(a.error), 2),
    log: (a) => bounded(Math.log(a.value), -Math.log1p(-a.error / a.value), 2),
    log1p: (a) => bounded(Math.log1p(a.value), -Math.log1p(-a.error / (1 + a.value)), 2),
    expm1: (a) => bounded(Math.expm1(a.value), Math.exp(a.value) * Math.expm1(a.error), 2),
    // sech² x ≤ 4 e^−2|x|, σ′(x) ≤ e^−|x|, at the nearest point to 0 within the error.
    tanh: (a) =>
      bounded(Math.tanh(a.value), a.error * Math.min(1, 4 * Math.exp(-2 * nearest(a))), 4),
    sigmoid: (a) =>
      bounded(double.sigmoid(a.value), a.error * Math.min(0.25, Math.exp(-nearest(a))), 8),
    choose: (condition, positive, otherwise) => {
      if (Math.abs(condition.value) <= condition.error) onTie();
      return condition.value > 0 ? positive() : otherwise();
    },
    shift: (values) => ({
      value: Math.max(...values.map((v) => v.value)),
      error: Math.max(...values.map((v) => v.error)),
    }),
  };
}
