import { elementwiseLine, type LayerLine } from '../layer-line.ts';

/** tanh′ = 1 − tanh², whose terms are 1 and tanh². */
export const tanhLine: LayerLine<'tanh'> = elementwiseLine({
  curve: (_spec, z) => {
    const value = Math.tanh(z);
    const slope = 1 - value * value;
    return {
      value,
      slope,
      curvature: -2 * value * slope,
      valueTerms: Math.abs(value),
      slopeTerms: 1 + value * value,
    };
  },
});
