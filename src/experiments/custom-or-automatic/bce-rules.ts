import { fused } from '../../gradients/manual/fused.ts';
import type { LossRule, RuleSet } from '../../gradients/manual/rule.ts';

/** Below this PyTorch takes p(1 − p) for this (`EPSILON` in its aten/src/ATen/native/Loss.cpp). */
const TORCH_FLOOR = 1e-12;

/** Binary cross-entropy as it is first written down: nothing keeps p from 0 and 1. */
export const unclampedBce: LossRule = ({ x: p, targets: y, loss, dx: dp, divisor }) => ({
  // L = −Σ(y ln p + (1 − y) ln(1 − p))/N: 0 · −∞, that is NaN, where p is 0 or 1, however right
  forward() {
    let sum = 0;
    for (let i = 0; i < p.data.length; i++) {
      const a = p.data[i]!;
      const t = y.data[i]!;
      sum -= t * Math.log(a) + (1 - t) * Math.log(1 - a);
    }
    loss.data[0] = sum / divisor;
  },
  // dp = ((1 − y)/(1 − p) − y/p)/N
  backward() {
    for (let i = 0; i < p.data.length; i++) {
      const a = p.data[i]!;
      const t = y.data[i]!;
      dp.data[i] = ((1 - t) / (1 - a) - t / a) / divisor;
    }
  },
});

/** PyTorch's: logarithms clamped forwards, p(1 − p) kept from 0 backwards. */
export const torchBce: LossRule = ({ kernels: k, x: p, targets: y, loss, dx: dp, divisor }) => ({
  forward() {
    k.bce(loss, p, y, divisor);
  },
  // dp = (p − y)/max(p(1 − p), 1e-12)/N
  backward() {
    for (let i = 0; i < p.data.length; i++) {
      const a = p.data[i]!;
      dp.data[i] = (a - y.data[i]!) / Math.max(a * (1 - a), TORCH_FLOOR) / divisor;
    }
  },
});

/** The fused rules, but the last sigmoid and this loss of its probabilities stand apart. */
export const withBce = (bce: LossRule): RuleSet => ({
  ...fused,
  losses: { ...fused.losses, bce },
  sigmoidBce: null,
});
