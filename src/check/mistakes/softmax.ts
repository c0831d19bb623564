import { fused } from '../../gradients/manual/fused.ts';
import type { LossRule, LossSite, RuleSet } from '../../gradients/manual/rule.ts';
import type { Matrix } from '../../numeric/matrix.ts';

/** Where an entry of dZ stands: one object, filled anew for each, as the passes allocate nothing. */
export interface Entry {
  /** k. */
  column: number;
  /** c, the sample's class. */
  label: number;
  /** C, the number of classes. */
  classes: number;
  /** The probability of class c. */
  chosen: number;
}

/** The fused rules with another one for cross_entropy. */
export const withCrossEntropy = (rule: LossRule, rules: RuleSet = fused): RuleSet => ({
  ...rules,
  losses: { ...rules.losses, cross_entropy: rule },
});

/** The right forward pass, which keeps softmax(Z) in `p`; `wrong` makes the backward pass. */
export const afterSoftmax =
  (wrong: (site: LossSite, p: Matrix) => () => void): LossRule =>
  (site) => {
    const { kernels: k, workspace, x: z, targets, loss, divisor } = site;
    const p = workspace(z.rows, z.cols);
    return {
      forward() {
        k.crossEntropy(loss, p, z, targets, divisor);
      },
      backward: wrong(site, p),
    };
  };

/** N · ∂L/∂zₖ of one sample from pₖ = softmax(z)ₖ and the one-hot yₖ. */
export const entrywise = (formula: (p: number, y: number, at: Entry) => number): LossRule =>
  afterSoftmax(({ dx: dz, targets, divisor }, p) => {
    const { rows, cols } = p;
    const at: Entry = { column: 0, label: 0, classes: cols, chosen: 0 };
    return () => {
      for (let i = 0; i < rows; i++) {
        at.label = targets.data[i]!;
        at.chosen = p.data[i * cols + at.label]!;
        for (let k = 0; k < cols; k++) {
          at.column = k;
          const y = k === at.label ? 1 : 0;
          dz.data[i * cols + k] = formula(p.data[i * cols + k]!, y, at) / divisor;
        }
      }
    };
  });
