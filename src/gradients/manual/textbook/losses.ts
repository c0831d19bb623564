import { type LossRule, like } from '../rule.ts';

/** derivations/bce.md */
export const bce: LossRule = (site) => {
  const { kernels: k, workspace, x: p, targets: y, loss, dx: dp, divisor } = site;
  const fresh = like(p, workspace);
  const q = fresh();
  const r = fresh();
  const logP = fresh();
  const logQ = fresh();
  const ones = fresh();
  const zeros = fresh();
  const terms = fresh();
  const overP = fresh();
  const overQ = fresh();
  const shareP = fresh();
  const shareQ = fresh();
  const difference = fresh();
  const total = workspace(1, 1);
  return {
    forward() {
      k.complement(q, p);
      k.complement(r, y);
      k.clampedLog(logP, p);
      k.clampedLog(logQ, q);
      k.hadamard(ones, y, logP);
      k.hadamard(zeros, r, logQ);
      k.add(terms, ones, zeros);
      k.sumTo(total, terms);
      k.scale(loss, total, -1 / divisor); // L = −Σ(y ln p + (1 − y) ln(1 − p))/N   (bce.1)
    },
    backward() {
      k.clampedLogSlope(overP, p);
      k.clampedLogSlope(overQ, q);
      k.hadamard(shareP, y, overP);
      k.hadamard(shareQ, r, overQ);
      k.subtract(difference, shareQ, shareP);
      k.scale(dp, difference, 1 / divisor); // dp = ((1 − y)/(1 − p) − y/p)/N   (bce.2)
    },
  };
};

/** derivations/sigmoid-bce.md */
export const bceWithLogits: LossRule = (site) => {
  const { kernels: k, workspace, x: z, targets: y, loss, dx: dz, divisor } = site;
  const fresh = like(z, workspace);
  const positive = fresh();
  const product = fresh();
  const size = fresh();
  const negative = fresh();
  const power = fresh();
  const log = fresh();
  const linear = fresh();
  const terms = fresh();
  const p = fresh();
  const difference = fresh();
  const total = workspace(1, 1);
  return {
    forward() {
      k.relu(positive, z);
      k.hadamard(product, z, y);
      k.subtract(linear, positive, product);
      k.abs(size, z);
      k.negate(negative, size);
      k.exp(power, negative);
      k.log1p(log, power);
      k.add(terms, linear, log);
      k.sumTo(total, terms);
      k.scale(loss, total, 1 / divisor); // L = Σ(max(z, 0) − z y + ln(1 + e^−|z|))/N   (sigmoid-bce.1)
    },
    backward() {
      k.sigmoid(p, z);
      k.subtract(difference, p, y);
      k.scale(dz, difference, 1 / divisor); // dz = (σ(z) − y)/N   (sigmoid-bce.2)
    },
  };
};

/** derivations/softmax-cross-entropy.md */
export const crossEntropy: LossRule = (site) => {
  const { kernels: k, workspace, x: z, targets: classes, loss, dx: dz, divisor } = site;
  const fresh = like(z, workspace);
  const shifted = fresh();
  const power = fresh();
  const p = fresh();
  const y = fresh();
  const chosen = fresh();
  const difference = fresh();
  const column = like({ rows: z.rows, cols: 1 }, workspace);
  const largest = column();
  const total = column();
  const logTotal = column();
  const picked = column();
  const terms = column();
  const sum = workspace(1, 1);
  return {
    forward() {
      k.rowMax(largest, z);
      k.subtract(shifted, z, largest);
      k.exp(power, shifted);
      k.sumTo(total, power);
      k.log(logTotal, total);
      k.oneHot(y, classes);
      k.hadamard(chosen, y, shifted);
      k.sumTo(picked, chosen);
      k.subtract(terms, logTotal, picked);
      k.sumTo(sum, terms);
      k.scale(loss, sum, 1 / divisor); // L = Σ(ln Σₖ e^zₖ − z_y)/N   (softmax-cross-entropy.1)
    },
    backward() {
      k.divide(p, power, total);
      k.subtract(difference, p, y);
      k.scale(dz, difference, 1 / divisor); // dZ = (softmax(Z) − onehot(y))/N   (softmax-cross-entropy.2)
    },
  };
};

/** derivations/mse.md */
export const mse: LossRule = ({
  kernels: k,
  workspace,
  x: p,
  targets: y,
  loss,
  dx: dp,
  divisor,
}) => {
  const fresh = like(p, workspace);
  const difference = fresh();
  const squared = fresh();
  const total = workspace(1, 1);
  return {
    forward() {
      k.subtract(difference, p, y);
      k.square(squared, difference);
      k.sumTo(total, squared);
      k.scale(loss, total, 1 / divisor); // L = Σ(p − y)²/N   (mse.1)
    },
    backward() {
      k.scale(dp, difference, 2 / divisor); // dp = 2(p − y)/N   (mse.2)
    },
  };
};
