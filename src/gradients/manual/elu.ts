import type { LayerRule } from './rule.ts';

/** a = z, or alpha (eᶻ − 1) below 0. derivations/elu.md */
export const elu: LayerRule<'elu'> = ({ kernels: k, spec, x, y, dx, dy }) => ({
  forward() {
    k.elu(y, x, spec.alpha); // a = z where z > 0, else alpha (eᶻ − 1)   (elu.1)
  },
  backward() {
    // dz = da where z > 0, else da ⊙ (a + alpha)   (elu.3)
    if (dx) k.eluPullback(dx, dy, x, y, spec.alpha);
  },
});
