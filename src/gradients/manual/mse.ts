import { type LossRule, one } from './rule.ts';

/** Mean squared error. derivations/mse.md */
export const mse: LossRule = (site) => {
  const { kernels: k, x: p, targets: y, loss, dx: dp, divisor } = site;
  const upstream = one(site);
  return {
    forward() {
      k.mse(loss, p, y, divisor); // L = Σ(p − y)²/N   (mse.1)
    },
    backward() {
      k.msePullback(dp, upstream, p, y, divisor); // dp = 2(p − y)/N   (mse.2)
    },
  };
};
