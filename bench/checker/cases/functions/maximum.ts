import type { CaseFunction } from '../case-function.ts';

export interface Maximum {
  readonly curvature: number;
}

/** The largest entry, on a bowl; of several as large the first has the gradient. */
export const maximum: CaseFunction<Maximum> = {
  formula: 'max_i x[i] + curvature * sum_i x[i]^2',
  parameters: { curvature: 'a number' },
  vector: false,
  value: (a, { curvature }, x) => {
    const entries = Array.from(x);
    const largest = entries.reduce((best, v) =>
      a.choose(
        a.sub(v, best),
        () => v,
        () => best,
      ),
    );
    return [
      entries.reduce((sum, v) => a.add(sum, a.mul(a.constant(curvature), a.mul(v, v))), largest),
    ];
  },
  vjp: (a, { curvature }, x, cotangent) => {
    const entries = Array.from(x);
    const first = entries.indexOf(Math.max(...entries));
    return entries.map((v, i) => {
      const bowl = a.mul(a.constant(2 * curvature), v);
      return a.mul(cotangent[0]!, i === first ? a.add(1, bowl) : bowl);
    });
  },
};
