import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Random } from '../../../src/numeric/random.ts';

type Curve = readonly [value: (t: number) => number, slope: (t: number) => number];

const SMOOTH: readonly Curve[] = [
  [Math.tanh, (t) => 1 / Math.cosh(t) ** 2],
  [Math.sin, Math.cos],
  [(t) => t * t, (t) => 2 * t],
  [(t) => Math.exp(-t * t), (t) => -2 * t * Math.exp(-t * t)],
  // Smooth, though written with corners that cancel.
  [(t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))), (t) => 1 / (1 + Math.exp(-t))],
];

export interface RidgeProblem extends GradientCase {
  readonly f: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => Float64Array;
  readonly at: Float64Array;
}

/** Σ aₖ φₖ(wₖ·x + bₖ) of `size` entries at a random point, with its gradient. */
export function ridgeProblem(
  r: Random,
  size: number,
  terms: number = 1 + r.integer(5),
): RidgeProblem {
  const ridges = Array.from({ length: terms }, () => ({
    w: Float64Array.from({ length: size }, () => r.normal() / Math.sqrt(size)),
    b: r.normal(),
    a: r.normal(),
    curve: SMOOTH[r.integer(SMOOTH.length)]!,
  }));
  const inner = (w: Float64Array, b: number, x: Float64Array): number =>
    w.reduce((sum, v, i) => sum + v * x[i]!, b);
  return {
    name: 'ridges',
    at: Float64Array.from({ length: size }, () => r.normal()),
    f: (x) => ridges.reduce((sum, { w, b, a, curve }) => sum + a * curve[0](inner(w, b, x)), 0),
    gradient: (x) => {
      const g = new Float64Array(size);
      for (const { w, b, a, curve } of ridges) {
        const slope = a * curve[1](inner(w, b, x));
        w.forEach((v, i) => {
          g[i]! += slope * v;
        });
      }
      return g;
    },
  };
}

/** The same f with a gradient that is changed. */
export const spoilt = (
  problem: RidgeProblem,
  change: (g: Float64Array, x: Float64Array) => ArrayLike<number>,
): GradientCase => ({ ...problem, gradient: (x) => change(problem.gradient(x), x) });
