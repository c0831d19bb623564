import type { CaseArithmetic } from '../arithmetic.ts';
import type { CaseFunction, NoParameters } from '../case-function.ts';

/** The Euclidean norm: a cone, whose tip has no gradient; there 0 is returned, a subgradient. */
export const norm: CaseFunction<NoParameters> = {
  formula: 'sqrt(sum_i x[i]^2)',
  parameters: {},
  vector: false,
  value: (a, _none, x) => [length(a, x)],
  vjp: (a, _none, x, cotangent) => {
    const size = length(a, x);
    return Array.from(x, (v) => (size === 0 ? 0 : a.mul(cotangent[0]!, a.div(v, size))));
  },
};

function length<T>(a: CaseArithmetic<T>, x: ArrayLike<T>): T {
  return a.sqrt(Array.from(x).reduce((sum, v) => a.add(sum, a.mul(v, v)), a.constant(0)));
}
