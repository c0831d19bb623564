import type { LayerRule } from './rule.ts';

/** a = z, or slope · z below 0. derivations/leaky-relu.md */
export const leakyRelu: LayerRule<'leaky_relu'> = ({ kernels: k, spec, x, y, dx, dy }) => ({
  forward() {
    k.leakyRelu(y, x, spec.slope); // a = z where z > 0, else slope z   (leaky-relu.1)
  },
  backward() {
    // dz = da where z > 0, else slope da   (leaky-relu.3)
    if (dx) k.leakyReluPullback(dx, dy, x, spec.slope);
  },
});
