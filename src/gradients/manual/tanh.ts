import type { LayerRule } from './rule.ts';

/** a = tanh z. derivations/tanh.md */
export const tanh: LayerRule<'tanh'> = ({ kernels: k, x, y, dx, dy }) => ({
  forward() {
    k.tanh(y, x); // a = tanh z                      (tanh.1)
  },
  backward() {
    if (dx) k.tanhPullback(dx, dy, y); // dz = da ⊙ (1 − a)(1 + a)   (tanh.3)
  },
});
