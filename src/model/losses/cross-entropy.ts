import { type LossDefinition, total } from '../loss.ts';

/** Σₖ yₖ (ln Σⱼ e^zⱼ − zₖ) with one-hot y, the largest logit taken out before exponentiating. */
export const crossEntropy: LossDefinition = {
  targets: 'classes',
  range: null,
  define: (a, outputs, targets) => {
    const shift = a.shift(outputs);
    const shifted = outputs.map((z) => a.sub(z, shift));
    const logSum = a.log(
      total(
        a,
        shifted.map((z) => a.exp(z)),
      ),
    );
    return total(
      a,
      shifted.map((z, k) => a.mul(targets[k]!, a.sub(logSum, z))),
    );
  },
};
