import type { LayerLine } from '../layer-line.ts';
import { noisy } from '../noisy.ts';

/**
 * z = a Wᵀ + b:
 *   V(z)  = V(a)(W²)ᵀ + u²(n/3+1)(|a||W|ᵀ+|b|)²
 *   V(ā)  = V(δ)W² + u²(m/3+1)(|δ||W|)²
 *   V(dW) = V(δ)ᵀa² + (δ²)ᵀV(a) + u²(B/3+1)(|δ|ᵀ|a|)²
 *   V(db) = V(δ)ᵀ1 + u²(B/3+1)(|δ|ᵀ1)²
 * elementwise squares; n, m and B are the lengths of the sums.
 */
export const linearLine: LayerLine<'linear'> = {
  forward: (spec, context, a) => {
    const { rounding } = context;
    const weight = context.parameter('weight');
    const bias = spec.bias ? context.parameter('bias') : null;
    const z = noisy(a.rows, spec.out);
    for (let row = 0; row < a.rows; row++) {
      for (let o = 0; o < spec.out; o++) {
        let sum = bias ? bias[o]! : 0;
        let magnitude = Math.abs(sum);
        let variance = 0;
        for (let i = 0; i < spec.in; i++) {
          const w = weight[o * spec.in + i]!;
          const term = w * a.value[row * spec.in + i]!;
          sum += term;
          magnitude += Math.abs(term);
          variance += w * w * a.variance[row * spec.in + i]!;
        }
        z.value[row * spec.out + o] = sum;
        z.variance[row * spec.out + o] =
          variance + rounding.sum(magnitude, spec.in + (bias ? 1 : 0));
      }
    }
    return z;
  },

  backward: (spec, context, a, delta) => {
    const { rounding } = context;
    const weight = context.parameter('weight');
    const da = noisy(a.rows, spec.in);
    for (let row = 0; row < a.rows; row++) {
      for (let i = 0; i < spec.in; i++) {
        let sum = 0;
        let magnitude = 0;
        let variance = 0;
        for (let o = 0; o < spec.out; o++) {
          const w = weight[o * spec.in + i]!;
          const term = w * delta.value[row * spec.out + o]!;
          sum += term;
          magnitude += Math.abs(term);
          variance += w * w * delta.variance[row * spec.out + o]!;
        }
        da.value[row * spec.in + i] = sum;
        da.variance[row * spec.in + i] = variance + rounding.sum(magnitude, spec.out);
      }
    }

    const dWeight = context.gradient('weight');
    for (let o = 0; o < spec.out; o++) {
      for (let i = 0; i < spec.in; i++) {
        let sum = 0;
        let magnitude = 0;
        let variance = 0;
        for (let row = 0; row < a.rows; row++) {
          const x = a.value[row * spec.in + i]!;
          const d = delta.value[row * spec.out + o]!;
          sum += d * x;
          magnitude += Math.abs(d * x);
          variance +=
            x * x * delta.variance[row * spec.out + o]! + d * d * a.variance[row * spec.in + i]!;
        }
        dWeight.value[o * spec.in + i] = sum;
        dWeight.variance[o * spec.in + i] = variance + rounding.sum(magnitude, a.rows);
      }
    }
    if (!spec.bias) return da;

    const dBias = context.gradient('bias');
    for (let o = 0; o < spec.out; o++) {
      let sum = 0;
      let magnitude = 0;
      let variance = 0;
      for (let row = 0; row < a.rows; row++) {
        const d = delta.value[row * spec.out + o]!;
        sum += d;
        magnitude += Math.abs(d);
        variance += delta.variance[row * spec.out + o]!;
      }
      dBias.value[o] = sum;
      dBias.variance[o] = variance + rounding.sum(magnitude, a.rows);
    }
    return da;
  },

  kinked: () => false,
};
