import { type LossRule, one } from './rule.ts';

/** The last sigmoid and binary cross-entropy together. derivations/sigmoid-bce.md */
export const sigmoidBce: LossRule = (site) => {
  const { kernels: k, x: z, outputs: p, targets: y, loss, dx: dz, divisor } = site;
  const upstream = one(site);
  return {
    forward() {
      // p = σ(z), L = Σ(y softplus(−z) + (1 − y) softplus(z))/N   (sigmoid-bce.1)
      k.sigmoidBce(loss, p, z, y, divisor);
    },
    backward() {
      k.sigmoidBcePullback(dz, upstream, p, z, y, divisor); // dz = (p − y)/N   (sigmoid-bce.2)
    },
  };
};
