import type { Arithmetic } from './arithmetic.ts';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const complexOf = (re: number, im = 0): Complex => ({ re, im });

const add = (a: Complex, b: Complex): Complex => complexOf(a.re + b.re, a.im + b.im);
const sub = (a: Complex, b: Complex): Complex => complexOf(a.re - b.re, a.im - b.im);
const neg = (a: Complex): Complex => complexOf(-a.re, -a.im);
const mul = (a: Complex, b: Complex): Complex =>
  complexOf(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);

/** Smith's division: no |b|², which overflows or underflows long before the quotient does. */
function div(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const r = b.im / b.re;
    const d = b.re + b.im * r;
    return complexOf((a.re + a.im * r) / d, (a.im - a.re * r) / d);
  }
  const r = b.re / b.im;
  const d = b.re * r + b.im;
  return complexOf((a.re * r + a.im) / d, (a.im * r - a.re) / d);
}

function exp(a: Complex): Complex {
  const e = Math.exp(a.re);
  return complexOf(e * Math.cos(a.im), e * Math.sin(a.im));
}

/** Modulus as larger · √(1 + ratio²): neither square overflows, and no root is taken. */
function log(a: Complex): Complex {
  const x = Math.abs(a.re);
  const y = Math.abs(a.im);
  const large = Math.max(x, y);
  const ratio = large === 0 ? 0 : Math.min(x, y) / large;
  return complexOf(Math.log(large) + 0.5 * Math.log1p(ratio * ratio), Math.atan2(a.im, a.re));
}

const ONE = complexOf(1);
const TWO = complexOf(2);

/**
 * |1 + a|² = (1 + x)² (1 + (y / (1 + x))²), so ln|1 + a| = log1p(x) + ½ log1p((y / (1 + x))²):
 * nothing cancels for small a. Left of −½, 1 + x is exact and the plain logarithm serves.
 */
function log1p(a: Complex): Complex {
  if (a.re < -0.5 || Math.abs(a.im) > 1) return log(add(ONE, a));
  const ratio = a.im / (1 + a.re);
  return complexOf(Math.log1p(a.re) + 0.5 * Math.log1p(ratio * ratio), Math.atan2(a.im, 1 + a.re));
}

/** eᵃ − 1: real part expm1(x) cos y − 2 sin²(y/2), without cancellation. */
function expm1(a: Complex): Complex {
  const s = Math.sin(a.im / 2);
  return complexOf(Math.expm1(a.re) * Math.cos(a.im) - 2 * s * s, Math.exp(a.re) * Math.sin(a.im));
}

/** From e^(−|Re a|), which cannot overflow. */
function sigmoid(a: Complex): Complex {
  const e = exp(a.re > 0 ? neg(a) : a);
  return div(a.re > 0 ? ONE : e, add(ONE, e));
}

/** ∓m / (2 + m) with m = expm1(∓2a): no sinh or cosh, accurate near 0 and when saturated. */
function tanh(a: Complex): Complex {
  const positive = a.re > 0;
  const m = expm1(mul(TWO, positive ? neg(a) : a));
  const t = div(m, add(TWO, m));
  return positive ? neg(t) : t;
}

/**
 * Complex numbers for the complex step. Branches decide on the real part, and nothing conjugates,
 * so every function is analytic where the definition is.
 */
export const complex: Arithmetic<Complex> = {
  constant: (value) => complexOf(value),
  add,
  sub,
  mul,
  div,
  neg,
  exp,
  log,
  log1p,
  expm1,
  tanh,
  sigmoid,
  choose: ({ re }, positive, otherwise) =>
    re > 0 ? positive() : re <= 0 ? otherwise() : complexOf(Number.NaN, Number.NaN),
  shift: (values) => complexOf(Math.max(...values.map((v) => v.re))),
};
