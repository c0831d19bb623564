import { type LossDefinition, total } from '../loss.ts';

/** (p − y)². */
export const mse: LossDefinition = {
  targets: 'values',
  range: null,
  define: (a, outputs, targets) =>
    total(
      a,
      outputs.map((p, i) => {
        const difference = a.sub(p, targets[i]!);
        return a.mul(difference, difference);
      }),
    ),
};
