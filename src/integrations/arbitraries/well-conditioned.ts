import { judge, type Problem } from '../../check/judge.ts';
import { allowed } from '../../check/noisy.ts';
import { HIDDEN } from '../../check/resolution.ts';
import { kinkInReach } from './kink-in-reach.ts';

/**
 * Whether this is a fair place to tell a right gradient from a wrong one:
 * - the step of a difference takes no unit across its kink;
 * - even single precision hides no more of any entry than `HIDDEN.float32`, a share of the larger of the
 *   entry and the rms of its slot (of the whole gradient, where the slot vanishes), by the rounding that
 *   `judge` carries through. So no saturation or sum of samples cancels the digits of the gradient, and
 *   it does not vanish throughout.
 */
export function isWellConditioned(problem: Problem): boolean {
  if (kinkInReach(problem)) return false;
  const { grads, loss } = judge({ ...problem, dtype: 'float32' });
  if (!Number.isFinite(loss.value)) return false;
  const { value, variance } = grads;
  const whole = rms(value);
  return problem.model.layout.slots.every(({ offset, size }) => {
    const own = rms(value.subarray(offset, offset + size));
    for (let i = offset; i < offset + size; i++) {
      const scale = Math.max(Math.abs(value[i]!), own > 0 ? own : whole);
      if (!(allowed(Math.sqrt(variance[i]!)) <= HIDDEN.float32 * scale)) return false;
    }
    return true;
  });
}

const rms = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
