import { type LossDefinition, total } from '../loss.ts';

/** ln(1 + eᶻ) − y z, written as max(z, 0) − y z + ln(1 + e^−|z|) (torch.nn.BCEWithLogitsLoss). */
export const bceWithLogits: LossDefinition = {
  targets: 'values',
  range: [0, 1],
  define: (a, outputs, targets) =>
    total(
      a,
      outputs.map((z, i) => {
        const softplus = a.choose(
          z,
          () => a.add(z, a.log1p(a.exp(a.neg(z)))),
          () => a.log1p(a.exp(z)),
        );
        return a.sub(softplus, a.mul(targets[i]!, z));
      }),
    ),
};
