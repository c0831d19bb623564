import { type LossRule, one } from './rule.ts';

/** Binary cross-entropy of logits. derivations/sigmoid-bce.md */
export const bceWithLogits: LossRule = (site) => {
  const { kernels: k, workspace, x: z, targets: y, loss, dx: dz, divisor } = site;
  const p = workspace(z.rows, z.cols);
  const upstream = one(site);
  return {
    forward() {
      k.bceWithLogits(loss, p, z, y, divisor); // L = Σ(softplus(z) − y z)/N   (sigmoid-bce.1)
    },
    backward() {
      k.bceWithLogitsPullback(dz, upstream, p, y, divisor); // dz = (σ(z) − y)/N   (sigmoid-bce.2)
    },
  };
};
