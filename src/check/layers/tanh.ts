import { elementwiseLine, type LayerLine } from '../layer-line.ts';

/** tanh′ = 1 − tanh², whose terms are 1 and tanh². */
export const tanhLine: LayerLine<'tanh'> = elementwiseLine({
  curve: (_spec, z) => {
    const value = Math.tanh(z);
    // From e^−2|z|, where 1 − tanh² would cancel.
    const e = Math.exp(-2 * Math.abs(z));
    const slope = (4 * e) / (1 + e) / (1 + e);
    return {
      value,
      slope,
      curvature: -2 * value * slope,
      valueTerms: Math.abs(value),
      slopeTerms: 1 + value * value,
    };
  },
});
