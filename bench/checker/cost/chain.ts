import { random } from '../../../src/numeric/random.ts';

/** A smooth function of any number of variables, with its gradient. */
export interface Chain {
  readonly at: Float64Array;
  readonly f: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array) => Float64Array;
}

/**
 * f(x) = Σ xᵢ xᵢ₊₁ / (1 + xᵢ²), the last neighbour of the first: as cheap as a function of N variables
 * can be, so that what the check itself costs shows. At standard normal x.
 */
export function chainOf(size: number, seed: number): Chain {
  const source = random(seed);
  return {
    at: Float64Array.from({ length: size }, () => source.normal()),
    f: (x) => {
      let sum = 0;
      let before = x.length - 1;
      for (let i = 0; i < x.length; i++) {
        const v = x[before]!;
        sum += (v * x[i]!) / (1 + v * v);
        before = i;
      }
      return sum;
    },
    gradient: (x) => {
      const g = new Float64Array(x.length);
      let before = x.length - 1;
      for (let i = 0; i < x.length; i++) {
        const v = x[before]!;
        const q = 1 + v * v;
        g[before]! += (x[i]! * (1 - v * v)) / (q * q);
        g[i]! += v / q;
        before = i;
      }
      return g;
    },
  };
}
