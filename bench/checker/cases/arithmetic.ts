import type { Arithmetic } from '../../../src/numeric/arithmetic.ts';
import { type Decimal, decimalArithmetic, exactDecimal } from '../../../src/numeric/decimal.ts';
import { double } from '../../../src/numeric/double.ts';
import type { Dtype } from '../../../src/numeric/dtype.ts';

/** What the functions of the cases are written over: that of the layers, and three functions more. */
export interface CaseArithmetic<T> extends Arithmetic<T> {
  sin(a: T): T;
  cos(a: T): T;
  sqrt(a: T): T;
}

const doubles: CaseArithmetic<number> = {
  ...double,
  sin: Math.sin,
  cos: Math.cos,
  sqrt: Math.sqrt,
};

const { fround } = Math;

/** Each result rounded to float32, as a program in that precision has it. */
const singles: CaseArithmetic<number> = {
  constant: fround,
  add: (a, b) => fround(a + b),
  sub: (a, b) => fround(a - b),
  mul: (a, b) => fround(a * b),
  div: (a, b) => fround(a / b),
  neg: (a) => -a,
  exp: (a) => fround(Math.exp(a)),
  log: (a) => fround(Math.log(a)),
  log1p: (a) => fround(Math.log1p(a)),
  expm1: (a) => fround(Math.expm1(a)),
  tanh: (a) => fround(Math.tanh(a)),
  sigmoid: (a) => fround(double.sigmoid(a)),
  choose: double.choose,
  shift: double.shift,
  sin: (a) => fround(Math.sin(a)),
  cos: (a) => fround(Math.cos(a)),
  sqrt: (a) => fround(Math.sqrt(a)),
};

/** What a program of this precision computes with. */
export const computing: { readonly [D in Dtype]: CaseArithmetic<number> } = {
  float64: doubles,
  float32: singles,
};

/** Rounds a number to the precision. */
export const rounding: { readonly [D in Dtype]: (value: number) => number } = {
  float64: (value) => value,
  float32: fround,
};

/** Many digits; a constant is the exact value that a program of precision `dtype` reads. */
export function decimals(digits: number, dtype: Dtype): CaseArithmetic<Decimal> {
  const a = decimalArithmetic(digits);
  return {
    ...a,
    constant: (value) => exactDecimal(a.D, rounding[dtype](value)),
    sin: (t) => t.sin(),
    cos: (t) => t.cos(),
    sqrt: (t) => t.sqrt(),
  };
}
