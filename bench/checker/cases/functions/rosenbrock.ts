import type { CaseFunction, NoParameters } from '../case-function.ts';

/** Rosenbrock's valley, chained (1960): the test of optimisers, badly conditioned. */
export const rosenbrock: CaseFunction<NoParameters> = {
  formula: 'sum_{i < N-1} (100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2), N the length of x',
  parameters: {},
  vector: false,
  value: (a, _none, x) => {
    let sum = a.constant(0);
    for (let i = 0; i + 1 < x.length; i++) {
      const off = a.sub(x[i + 1]!, a.mul(x[i]!, x[i]!));
      const rest = a.sub(a.constant(1), x[i]!);
      sum = a.add(sum, a.add(a.mul(a.constant(100), a.mul(off, off)), a.mul(rest, rest)));
    }
    return [sum];
  },
  vjp: (a, _none, x, cotangent) => {
    const gradient = new Array<number>(x.length).fill(0);
    for (let i = 0; i + 1 < x.length; i++) {
      const off = a.sub(x[i + 1]!, a.mul(x[i]!, x[i]!));
      const rest = a.sub(1, x[i]!);
      const along = a.add(a.mul(-400, a.mul(x[i]!, off)), a.mul(-2, rest));
      gradient[i] = a.add(gradient[i]!, a.mul(cotangent[0]!, along));
      gradient[i + 1] = a.add(gradient[i + 1]!, a.mul(cotangent[0]!, a.mul(200, off)));
    }
    return gradient;
  },
};
