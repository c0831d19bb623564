import type { LayerRule } from './rule.ts';

/** a = max(z, 0). derivations/relu.md */
export const relu: LayerRule<'relu'> = ({ kernels: k, x, y, dx, dy }) => ({
  forward() {
    k.relu(y, x); // a = z where z > 0, else 0       (relu.1)
  },
  backward() {
    if (dx) k.reluPullback(dx, dy, x); // dz = da where z > 0, else 0   (relu.3)
  },
});
