import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import type { Random } from '../../../src/numeric/random.ts';

const [INPUTS, HIDDEN, ROWS] = [69, 70, 2];

/** 5,041 entries: Σ over two rows of (w₂·tanh(W₁x + b₁) + b₂ − y)², as one parameter vector. */
const NETWORK_SLOTS: readonly {
  readonly name: string;
  readonly shape: readonly number[];
}[] = [
  { name: 'fc1.weight', shape: [HIDDEN, INPUTS] },
  { name: 'fc1.bias', shape: [HIDDEN] },
  { name: 'fc2.weight', shape: [1, HIDDEN] },
  { name: 'fc2.bias', shape: [1] },
];

export interface NetworkProblem extends GradientCase {
  readonly gradient: (p: Float64Array) => Float64Array;
  readonly at: Float64Array;
}

export function networkProblem(r: Random): NetworkProblem {
  const [b1, w2, b2] = [HIDDEN * INPUTS, HIDDEN * (INPUTS + 1), HIDDEN * (INPUTS + 2)];
  const xs = Array.from({ length: ROWS }, () => Array.from({ length: INPUTS }, () => r.normal()));
  const ys = xs.map(() => r.normal());
  const hidden = (p: Float64Array, x: readonly number[]): Float64Array =>
    Float64Array.from({ length: HIDDEN }, (_, j) => {
      let z = p[b1 + j]!;
      for (let i = 0; i < INPUTS; i++) z += p[j * INPUTS + i]! * x[i]!;
      return Math.tanh(z);
    });
  const output = (p: Float64Array, a: Float64Array): number =>
    a.reduce((sum, v, j) => sum + v * p[w2 + j]!, p[b2]!);
  return {
    name: 'network',
    slots: NETWORK_SLOTS.map((s) => ({ ...s, shape: [...s.shape] })),
    at: Float64Array.from({ length: b2 + 1 }, (_, i) => r.normal() / (i < b1 ? 8 : 1)),
    f: (p) => xs.reduce((sum, x, k) => sum + (output(p, hidden(p, x)) - ys[k]!) ** 2, 0),
    gradient: (p) => {
      const g = new Float64Array(p.length);
      xs.forEach((x, k) => {
        const a = hidden(p, x);
        const delta = 2 * (output(p, a) - ys[k]!);
        g[b2]! += delta;
        a.forEach((v, j) => {
          g[w2 + j]! += delta * v;
          const dz = delta * p[w2 + j]! * (1 - v * v);
          g[b1 + j]! += dz;
          for (let i = 0; i < INPUTS; i++) g[j * INPUTS + i]! += dz * x[i]!;
        });
      });
      return g;
    },
  };
}
