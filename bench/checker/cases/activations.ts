import type { CaseArithmetic } from './arithmetic.ts';

/** A function of one number and its derivative, as its author would write both. */
interface Activation {
  /** In words of a textbook; t > 0 decides a branch, and 0 lies in the other one. */
  readonly formula: string;
  value<T>(a: CaseArithmetic<T>, t: T): T;
  slope<T>(a: CaseArithmetic<T>, t: T): T;
}

export type ActivationName =
  | 'tanh'
  | 'sigmoid'
  | 'sin'
  | 'exp'
  | 'square'
  | 'cube'
  | 'quartic'
  | 'bump'
  | 'softplus'
  | 'relu'
  | 'abs'
  | 'leaky_relu'
  | 'signed_square'
  | 'square_by_abs'
  | 'reciprocal'
  | 'log'
  | 'sqrt';

const LEAK = 0.125;

export const activations: { readonly [A in ActivationName]: Activation } = {
  tanh: {
    formula: 'tanh(t)',
    value: (a, t) => a.tanh(t),
    // 4e / (1 + e)², e = e^(−2|t|): 1 − tanh² cancels where it saturates.
    slope: (a, t) => bell(a, a.constant(4), a.mul(a.constant(-2), abs(a, t))),
  },
  sigmoid: {
    formula: '1 / (1 + exp(-t))',
    value: (a, t) => a.sigmoid(t),
    slope: (a, t) => bell(a, a.constant(1), a.neg(abs(a, t))),
  },
  sin: { formula: 'sin(t)', value: (a, t) => a.sin(t), slope: (a, t) => a.cos(t) },
  exp: { formula: 'exp(t)', value: (a, t) => a.exp(t), slope: (a, t) => a.exp(t) },
  square: {
    formula: 't^2',
    value: (a, t) => a.mul(t, t),
    slope: (a, t) => a.mul(a.constant(2), t),
  },
  cube: {
    formula: 't^3',
    value: (a, t) => a.mul(t, a.mul(t, t)),
    slope: (a, t) => a.mul(a.constant(3), a.mul(t, t)),
  },
  quartic: {
    formula: 't^4',
    value: (a, t) => a.mul(a.mul(t, t), a.mul(t, t)),
    slope: (a, t) => a.mul(a.constant(4), a.mul(t, a.mul(t, t))),
  },
  bump: {
    formula: 'exp(-t^2)',
    value: (a, t) => a.exp(a.neg(a.mul(t, t))),
    slope: (a, t) => a.mul(a.mul(a.constant(-2), t), a.exp(a.neg(a.mul(t, t)))),
  },
  softplus: {
    formula: 'max(t, 0) + log1p(exp(-|t|)), which is log(1 + exp(t)): smooth, its kinks cancel',
    value: (a, t) => a.add(positive(a, t), a.log1p(a.exp(a.neg(abs(a, t))))),
    slope: (a, t) => a.sigmoid(t),
  },
  relu: {
    formula: 'max(t, 0)',
    value: positive,
    slope: (a, t) => branch(a, t, 1, 0),
  },
  abs: {
    formula: '|t|',
    value: abs,
    slope: (a, t) =>
      a.choose(
        t,
        () => a.constant(1),
        () => branch(a, a.neg(t), -1, 0),
      ),
  },
  leaky_relu: {
    formula: 't if t > 0, else t / 8',
    value: (a, t) =>
      a.choose(
        t,
        () => t,
        () => a.mul(a.constant(LEAK), t),
      ),
    slope: (a, t) => branch(a, t, 1, LEAK),
  },
  signed_square: {
    formula: 't |t|: its slope 2|t| is continuous, its curvature is not',
    value: (a, t) => a.mul(t, abs(a, t)),
    slope: (a, t) => a.mul(a.constant(2), abs(a, t)),
  },
  square_by_abs: {
    formula: '|t| |t|, which is t^2: smooth, its kinks cancel',
    value: (a, t) => a.mul(abs(a, t), abs(a, t)),
    slope: (a, t) => a.mul(a.constant(2), t),
  },
  reciprocal: {
    formula: '1 / t',
    value: (a, t) => a.div(a.constant(1), t),
    slope: (a, t) => a.div(a.constant(-1), a.mul(t, t)),
  },
  log: {
    formula: 'log(t)',
    value: (a, t) => a.log(t),
    slope: (a, t) => a.div(a.constant(1), t),
  },
  sqrt: {
    formula: 'sqrt(t)',
    value: (a, t) => a.sqrt(t),
    slope: (a, t) => a.div(a.constant(0.5), a.sqrt(t)),
  },
};

/** max(t, 0). */
function positive<T>(a: CaseArithmetic<T>, t: T): T {
  return a.choose(
    t,
    () => t,
    () => a.constant(0),
  );
}

function abs<T>(a: CaseArithmetic<T>, t: T): T {
  return a.choose(
    t,
    () => t,
    () => a.neg(t),
  );
}

function branch<T>(a: CaseArithmetic<T>, t: T, above: number, otherwise: number): T {
  return a.choose(
    t,
    () => a.constant(above),
    () => a.constant(otherwise),
  );
}

/** c e / (1 + e)², e = eˢ. */
function bell<T>(a: CaseArithmetic<T>, c: T, s: T): T {
  const e = a.exp(s);
  const sum = a.add(a.constant(1), e);
  return a.div(a.mul(c, e), a.mul(sum, sum));
}
