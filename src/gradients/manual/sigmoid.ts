import type { LayerRule } from './rule.ts';

/** a = σ(z). derivations/sigmoid.md */
export const sigmoid: LayerRule<'sigmoid'> = ({ kernels: k, x, y, dx, dy }) => ({
  forward() {
    k.sigmoid(y, x); // a = 1/(1 + e⁻ᶻ)              (sigmoid.1)
  },
  backward() {
    if (dx) k.sigmoidPullback(dx, dy, y); // dz = da ⊙ a(1 − a)   (sigmoid.3)
  },
});
