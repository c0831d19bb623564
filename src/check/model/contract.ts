import type { BasePoint } from './base-point.ts';
import type { Network } from './network.ts';
import type { Deltas } from './shift.ts';

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
        addRow(value, bar, at, a, r * width, width, d, u);
      }
      if (biasOffset < 0) continue;
      value[biasOffset + o] = bias;
      bar[biasOffset + o] = biasBar;
    }
  });
  return { value, bar };
}

/** Adds δ a to a row of dW, and u |a| to its bars. */
function addRow(
  value: Float64Array,
  bar: Float64Array,
  at: number,
  a: Float64Array,
  from: number,
  width: number,
  d: number,
  u: number,
): void {
  for (let i = 0; i < width; i++) {
    const x = a[from + i]!;
    value[at + i]! += d * x;
    bar[at + i]! += u * Math.abs(x);
  }
}
