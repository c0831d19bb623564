import { finite } from '../field.ts';
import { elementwise, type LayerDefinition } from '../layer.ts';

/** z where z > 0, else alpha (eᶻ − 1); the derivative at 0 is alpha, as in PyTorch. */
export const elu: LayerDefinition<'elu'> = elementwise({ alpha: finite }, (a, spec, z) =>
  a.choose(
    z,
    () => z,
    () => a.mul(a.constant(spec.alpha), a.expm1(z)),
  ),
);
