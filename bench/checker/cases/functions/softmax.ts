import type { CaseArithmetic } from '../arithmetic.ts';
import type { CaseFunction, NoParameters } from '../case-function.ts';

/** Shifted by the largest entry, so that no exponential overflows. */
export const softmax: CaseFunction<NoParameters> = {
  formula: 'output k: exp(x[k]) / sum_i exp(x[i])',
  parameters: {},
  vector: true,
  value: (a, _none, x) => probabilities(a, x),
  // p ⊙ (ȳ − ⟨p, ȳ⟩)
  vjp: (a, _none, x, cotangent) => {
    const p = probabilities(a, x);
    const mean = p.reduce((sum, v, k) => a.add(sum, a.mul(v, cotangent[k]!)), 0);
    return p.map((v, k) => a.mul(v, a.sub(cotangent[k]!, mean)));
  },
};

export interface CrossEntropy {
  readonly target: number;
}

/** The loss of a classifier as a function of its logits. */
export const crossEntropy: CaseFunction<CrossEntropy> = {
  formula: 'log(sum_i exp(x[i])) - x[target]',
  parameters: { target: 'an index into x, from 0' },
  vector: false,
  value: (a, { target }, x) => {
    const largest = a.shift(Array.from(x));
    const sum = exponentials(a, x).reduce((s, e) => a.add(s, e));
    return [a.sub(a.log(sum), a.sub(x[target]!, largest))];
  },
  vjp: (a, { target }, x, cotangent) =>
    probabilities(a, x).map((p, k) => a.mul(cotangent[0]!, k === target ? a.sub(p, 1) : p)),
};

function exponentials<T>(a: CaseArithmetic<T>, x: ArrayLike<T>): T[] {
  const entries = Array.from(x);
  const largest = a.shift(entries);
  return entries.map((v) => a.exp(a.sub(v, largest)));
}

function probabilities<T>(a: CaseArithmetic<T>, x: ArrayLike<T>): T[] {
  const exps = exponentials(a, x);
  const sum = exps.reduce((s, e) => a.add(s, e));
  return exps.map((e) => a.div(e, sum));
}
