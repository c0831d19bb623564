import { elementwise, type LayerDefinition } from '../layer.ts';

/** z where z > 0, else 0; the derivative at 0 is 0, as in PyTorch. */
export const relu: LayerDefinition<'relu'> = elementwise({}, (a, _spec, z) =>
  a.choose(
    z,
    () => z,
    () => a.constant(0),
  ),
);
