import type { LayerRule } from './rule.ts';

/** a = z, so dz = da. */
export const identity: LayerRule<'identity'> = ({ kernels: k, x, y, dx, dy }) => ({
  forward() {
    k.copy(y, x);
  },
  backward() {
    if (dx) k.copy(dx, dy);
  },
});
