import { elementwiseLine, type LayerLine } from '../layer-line.ts';

/** σ′ = σ(1 − σ), whose terms from the activation are σ and σ². */
export const sigmoidLine: LayerLine<'sigmoid'> = elementwiseLine({
  curve: (_spec, z) => {
    const e = Math.exp(-Math.abs(z));
    const value = z > 0 ? 1 / (1 + e) : e / (1 + e);
    const slope = e / (1 + e) / (1 + e);
    return {
      value,
      slope,
      curvature: slope * (1 - 2 * value),
      valueTerms: value,
      slopeTerms: value * (1 + value),
    };
  },
});
