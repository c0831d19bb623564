import { elementwise, type LayerDefinition } from '../layer.ts';

/** σ(z) = 1 / (1 + e⁻ᶻ). */
export const sigmoid: LayerDefinition<'sigmoid'> = elementwise({}, (a, _spec, z) => a.sigmoid(z));
