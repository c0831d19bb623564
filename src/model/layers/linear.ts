import { flag, layerNameField, positiveInteger } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** yₒ = bₒ + Σᵢ Wₒᵢ xᵢ (torch.nn.Linear: weight [out, in], bias [out]). */
export const linear: LayerDefinition<'linear'> = {
  fields: { name: layerNameField, in: positiveInteger, out: positiveInteger, bias: flag },
  parameters: (spec) => [
    { name: 'weight', shape: [spec.out, spec.in] },
    ...(spec.bias ? [{ name: 'bias', shape: [spec.out] } as const] : []),
  ],
  width: (spec, features) => {
    if (features !== spec.in) {
      throw new RangeError(`${spec.name}: got ${features} input features, expected ${spec.in}`);
    }
    return spec.out;
  },
  define: (a, spec, parameter, x) => {
    const weight = parameter('weight');
    const bias = spec.bias ? parameter('bias') : undefined;
    return Array.from({ length: spec.out }, (_, o) => {
      const terms = x.map((value, i) => a.mul(weight[o * spec.in + i]!, value));
      const sum = terms.reduce((left, right) => a.add(left, right));
      return bias ? a.add(sum, bias[o]!) : sum;
    });
  },
};
