import type { BasePoint } from './base-point.ts';
import type { Network } from './network.ts';
import type { Deltas } from './sweep.ts';

/** The gradient of the reduced loss with a bound on each entry's error, as the layout orders them. */
export interface DifferencedGradient {
  readonly value: Float64Array;
  readonly bar: Float64Array;
}

/** dW = δᵀa, db = δᵀ1, divided as the loss is; the bars likewise: U_W = Uᵀ|a|. */
export function contract(
  { stages, rows, divisor, problem }: Network,
  { entering }: BasePoint,
  deltas: readonly Deltas[],
): DifferencedGradient {
  const { size } = problem.model.layout;
  const value = new Float64Array(size);
  const bar = new Float64Array(size);
  stages.forEach(({ in: width, out, weightOffset, biasOffset }, s) => {
    const a = entering[s]!;
    const magnitude = a.map(Math.abs);
    const { value: delta, bar: uncertainty } = deltas[s]!;
    for (let o = 0; o < out; o++) {
      const at = weightOffset + o * width;
      let bias = 0;
      let biasBar = 0;
      for (let r = 0; r < rows; r++) {
        const d = delta[r * out + o]! / divisor;
        const u = uncertainty[r * out + o]! / divisor;
        bias += d;
        biasBar += u;
        if (d === 0 && u === 0) continue;
        const from = r * width;
        for (let i = 0; i < width; i++) {
          value[at + i]! += d * a[from + i]!;
          bar[at + i]! += u * magnitude[from + i]!;
        }
      }
      if (biasOffset < 0) continue;
      value[biasOffset + o] = bias;
      bar[biasOffset + o] = biasBar;
    }
  });
  return { value, bar };
}
