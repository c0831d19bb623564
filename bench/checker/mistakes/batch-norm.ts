import type { GradientCase } from '../../../src/check/gradient/gradient-case.ts';
import { random } from '../../../src/numeric/random.ts';

/** What a hand-derived backward pass of batch normalisation may get wrong. */
export interface BatchNormMistake {
  /** Leaves out that the mean depends on every input. */
  readonly withoutMeanPath?: boolean;
  /** Leaves out that the variance does. */
  readonly withoutVariancePath?: boolean;
  readonly withoutGamma?: boolean;
  /** Takes the variance over N − 1, where the forward pass took it over N. */
  readonly ddof?: boolean;
}

const [N, C] = [7, 3];
const EPSILON = 1e-5;

/** y = γ(x − μ)/√(σ² + ε) + β over a batch of 7 samples and 3 features, and its pullback. */
export function batchNorm(name: string, wrong: BatchNormMistake, seed: number): GradientCase {
  const r = random(seed);
  const column = (x: ArrayLike<number>, c: number): number[] =>
    Array.from({ length: N }, (_, n) => x[n * C + c]!);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / N;
  const variance = (values: readonly number[]): number => {
    const centre = mean(values);
    return mean(values.map((v) => (v - centre) ** 2));
  };
  const [gammas, betas] = [N * C, (N + 1) * C];
  const each = (write: (c: number) => void): void => {
    for (let c = 0; c < C; c++) write(c);
  };
  return {
    name,
    at: Float64Array.from({ length: (N + 2) * C }, () => r.normal()),
    slots: [
      { name: 'x', shape: [N, C] },
      { name: 'gamma', shape: [C] },
      { name: 'beta', shape: [C] },
    ],
    factors: { N, C },
    f: (p) => {
      const y = new Float64Array(N * C);
      each((c) => {
        const x = column(p, c);
        const scale = 1 / Math.sqrt(variance(x) + EPSILON);
        x.forEach((v, n) => {
          y[n * C + c] = p[gammas + c]! * (v - mean(x)) * scale + p[betas + c]!;
        });
      });
      return y;
    },
    vjp: (p, cotangent) => {
      const g = new Float64Array(p.length);
      each((c) => {
        const x = column(p, c);
        const dy = column(cotangent, c);
        const rescaled = wrong.ddof ? N / (N - 1) : 1;
        const scale = 1 / Math.sqrt(variance(x) * rescaled + EPSILON);
        const centred = x.map((v) => (v - mean(x)) * scale);
        const along = mean(dy.map((d, n) => d * centred[n]!));
        const gamma = wrong.withoutGamma ? 1 : p[gammas + c]!;
        dy.forEach((d, n) => {
          const path =
            (wrong.withoutMeanPath ? 0 : mean(dy)) +
            (wrong.withoutVariancePath ? 0 : centred[n]! * along);
          g[n * C + c] = gamma * scale * (d - path);
        });
        g[gammas + c] = N * along;
        g[betas + c] = N * mean(dy);
      });
      return g;
    },
  };
}
