import { finite } from '../field.ts';
import { elementwise, type LayerDefinition } from '../layer.ts';

/** z where z > 0, else slope · z; the derivative at 0 is the slope, as in PyTorch. */
export const leakyRelu: LayerDefinition<'leaky_relu'> = elementwise(
  { slope: finite },
  (a, spec, z) =>
    a.choose(
      z,
      () => z,
      () => a.mul(a.constant(spec.slope), z),
    ),
);
