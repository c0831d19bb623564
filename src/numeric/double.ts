import type { Arithmetic } from './arithmetic.ts';

/** Numbers as doubles: the reference forward. */
export const double: Arithmetic<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  expm1: Math.expm1,
  tanh: Math.tanh,
  sigmoid: (a) => {
    // Exponentiate −|a| only: it cannot overflow.
    const e = Math.exp(-Math.abs(a));
    return a > 0 ? 1 / (1 + e) : e / (1 + e);
  },
  choose: (condition, positive, otherwise) =>
    condition > 0 ? positive() : condition <= 0 ? otherwise() : Number.NaN,
  shift: (values) => Math.max(...values),
};
