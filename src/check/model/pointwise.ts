import { exp, expm1 } from '../../numeric/exp.ts';
import type { Pointwise } from './network.ts';

/** φ(z) on the branch `above` (1 or 0) where it has two: from the layers' definitions. */
export function pointwiseValue(spec: Pointwise, z: number, above: number): number {
  switch (spec.kind) {
    case 'identity':
      return z;
    case 'sigmoid':
      return sigmoid(z);
    case 'tanh':
      return tanh(z);
    case 'relu':
      return above === 1 ? z : 0;
    case 'leaky_relu':
      return above === 1 ? z : spec.slope * z;
    case 'elu':
      return above === 1 ? z : spec.alpha * expm1(z);
    default:
      spec satisfies never;
      return Number.NaN;
  }
}

/**
 * The first `rows` rows of z[·, cols] ← φ(z), in place. Row r belongs to sample `sampleOf[r]`, whose
 * branches count; `above` is null where the layer has no kink.
 */
export function pointwiseInPlace(
  spec: Pointwise,
  z: Float64Array,
  rows: number,
  cols: number,
  above: Uint8Array | null,
  sampleOf: Int32Array,
): void {
  const count = rows * cols;
  switch (spec.kind) {
    case 'identity':
      return;
    case 'sigmoid':
      for (let i = 0; i < count; i++) z[i] = sigmoid(z[i]!);
      return;
    case 'tanh':
      for (let i = 0; i < count; i++) z[i] = tanh(z[i]!);
      return;
    case 'relu':
    case 'leaky_relu':
    case 'elu':
      for (let r = 0; r < rows; r++) {
        const mask = sampleOf[r]! * cols;
        const from = r * cols;
        for (let c = 0; c < cols; c++) {
          if (above?.[mask + c] === 1) continue;
          z[from + c] = pointwiseValue(spec, z[from + c]!, 0);
        }
      }
      return;
    default:
      spec satisfies never;
  }
}

/** σ(z) = 1/(1 + e⁻ᶻ), exponentiating −|z| only: small values keep their digits. */
function sigmoid(z: number): number {
  const e = exp(z > 0 ? -z : z);
  return z > 0 ? 1 / (1 + e) : e / (1 + e);
}

/** tanh |z| = −m/(2 + m) with m = e^(−2|z|) − 1. */
function tanh(z: number): number {
  const m = expm1(z > 0 ? -2 * z : 2 * z);
  const t = -m / (2 + m);
  return z < 0 ? -t : t;
}
