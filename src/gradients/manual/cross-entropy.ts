import { type LossRule, one } from './rule.ts';

/** Softmax cross-entropy of logits and class indices. derivations/softmax-cross-entropy.md */
export const crossEntropy: LossRule = (site) => {
  const { kernels: k, workspace, x: z, targets: y, loss, dx: dz, divisor } = site;
  const p = workspace(z.rows, z.cols);
  const upstream = one(site);
  return {
    forward() {
      k.crossEntropy(loss, p, z, y, divisor); // L = Σ(ln Σₖ e^zₖ − z_y)/N   (softmax-cross-entropy.1)
    },
    backward() {
      // dZ = (softmax(Z) − onehot(y))/N   (softmax-cross-entropy.2)
      k.crossEntropyPullback(dz, upstream, p, y, divisor);
    },
  };
};
