import { type LossRule, one } from './rule.ts';

/** Binary cross-entropy of probabilities. derivations/bce.md */
export const bce: LossRule = (site) => {
  const { kernels: k, x: p, targets: y, loss, dx: dp, divisor } = site;
  const upstream = one(site);
  return {
    forward() {
      k.bce(loss, p, y, divisor); // L = −Σ(y ln p + (1 − y) ln(1 − p))/N   (bce.1)
    },
    backward() {
      k.bcePullback(dp, upstream, p, y, divisor); // dp = ((1 − y)/(1 − p) − y/p)/N   (bce.2)
    },
  };
};
