import type { Arithmetic } from '../../numeric/arithmetic.ts';
import { LOG_FLOOR } from '../../numeric/log-floor.ts';
import { type LossDefinition, total } from '../loss.ts';

/** max(ln p, −100): its derivative below the floor is 0. */
function clampedLog<T>(a: Arithmetic<T>, p: T): T {
  const floor = a.constant(LOG_FLOOR);
  const log = a.log(p);
  return a.choose(
    a.sub(log, floor),
    () => log,
    () => floor,
  );
}

/** −(y ln p + (1 − y) ln(1 − p)) on probabilities, each logarithm clamped at −100. */
export const bce: LossDefinition = {
  targets: 'values',
  range: [0, 1],
  define: (a, outputs, targets) => {
    const one = a.constant(1);
    return total(
      a,
      outputs.map((p, i) => {
        const y = targets[i]!;
        const ones = a.mul(y, clampedLog(a, p));
        const zeros = a.mul(a.sub(one, y), clampedLog(a, a.sub(one, p)));
        return a.neg(a.add(ones, zeros));
      }),
    );
  },
};
