import { elementwiseLine, type LayerLine } from '../layer-line.ts';

/** Below 0: φ′ = alpha eᶻ, from the activation φ + alpha, whose terms are |φ| and |alpha|. */
export const eluLine: LayerLine<'elu'> = elementwiseLine({
  curve: ({ alpha }, z) => {
    if (z > 0) return { value: z, slope: 1, curvature: 0, valueTerms: 0, slopeTerms: 0 };
    const value = alpha * Math.expm1(z);
    const slope = alpha * Math.exp(z);
    return {
      value,
      slope,
      curvature: slope,
      valueTerms: Math.abs(value),
      slopeTerms: Math.abs(value) + Math.abs(alpha),
    };
  },
  slopes: ({ alpha }) => [alpha, 1],
});
