import type { Answer } from './answer.ts';
import { type Judgement, judge, type Problem } from './judge.ts';
import { allowed, type Noisy } from './noisy.ts';
import type { Tolerance } from './tolerance.ts';
import { type Kink, movedByParams } from './undecided-units.ts';

/** Beyond this many undecided units the branch patterns, 2ⁿ of them, are not tried. */
const MOST_KINKS = 6;

type Found = 'yes' | 'no' | 'unknown';

/**
 * Is this the gradient of one of the branch patterns that rounding leaves open? 0.1 + 0.6 − 0.7 is 0
 * and −0.7 + 0.6 + 0.1 is 2.8e-17: the order of a sum alone decides a ReLU's branch. `unknown` where
 * there are too many patterns to try. The parameters' gradient comes first, by itself: no branch of a
 * unit that the inputs alone move excuses it.
 */
export function onSomePattern({ kinks, problem }: Tolerance, answer: Answer): Found {
  const { grads, inputs } = answer;
  const gradsFit = (pattern: Judgement): boolean => within(grads.values, pattern.grads);
  const found = search(problem, kinks.filter(movedByParams), gradsFit);
  if (found !== 'yes' || !inputs) return found;
  return search(problem, kinks, (p) => gradsFit(p) && within(inputs.data, p.inputs));
}

/** Does any pattern fit? */
function search(
  problem: Problem,
  kinks: readonly Kink[],
  fits: (pattern: Judgement) => boolean,
): Found {
  if (kinks.length > MOST_KINKS) return 'unknown';
  return subsets(kinks).some((flips) => fits(judge(problem, flips))) ? 'yes' : 'no';
}

const within = (got: ArrayLike<number>, { value, variance }: Noisy): boolean =>
  value.every((v, i) => Math.abs(got[i]! - v) <= allowed(Math.sqrt(variance[i]!)));

const subsets = (kinks: readonly Kink[]): Kink[][] =>
  Array.from({ length: 2 ** kinks.length }, (_, chosen) =>
    kinks.filter((_kink, i) => chosen & (1 << i)),
  );
