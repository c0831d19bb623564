import type { Answer } from './answer.ts';
import { judge, type Kink } from './judge.ts';
import { allowed, type Noisy } from './noisy.ts';
import type { Tolerance } from './tolerance.ts';

/** Beyond this many undecided units the branch patterns, 2ⁿ of them, are not tried. */
const MOST_KINKS = 6;

/**
 * Is this the gradient of one of the branch patterns that rounding leaves open? 0.1 + 0.6 − 0.7 is 0
 * and −0.7 + 0.6 + 0.1 is 2.8e-17: the order of a sum alone decides a ReLU's branch. `unknown` where
 * there are too many patterns to try.
 */
export function onSomePattern(tolerance: Tolerance, answer: Answer): 'yes' | 'no' | 'unknown' {
  const { kinks, problem } = tolerance;
  if (kinks.length > MOST_KINKS) return 'unknown';
  const fits = subsets(kinks).some((flips) => {
    const { grads, inputs } = judge(problem, flips);
    return (
      within(answer.grads.values, grads) && (!answer.inputs || within(answer.inputs.data, inputs))
    );
  });
  return fits ? 'yes' : 'no';
}

const within = (got: ArrayLike<number>, { value, variance }: Noisy): boolean =>
  value.every((v, i) => Math.abs(got[i]! - v) <= allowed(Math.sqrt(variance[i]!)));

const subsets = (kinks: readonly Kink[]): Kink[][] =>
  Array.from({ length: 2 ** kinks.length }, (_, chosen) =>
    kinks.filter((_kink, i) => chosen & (1 << i)),
  );
