import type { Mistake } from '../../check/mistakes/mistake.ts';
import { mistakes } from '../../check/mistakes/mistakes.ts';
import { type Model, mlp } from '../../model/model.ts';

/** The material's network. */
const MODEL: Model = mlp([2, 5, 1]);

/** Those of the bank with a place in it. */
export const applicableMistakes: readonly Mistake[] = mistakes.filter(({ applies }) =>
  applies(MODEL),
);

/**
 * One or two of a kind: left out are those that a shape would give away at once, and variants (a bias
 * gradient of 0, or of one sample only, beside one divided by the batch twice).
 */
const NAMES: readonly string[] = [
  'mean-missing',
  'mean-twice',
  'factor-two-extra',
  'sign-flipped',
  'one-term-only',
  'log-missing',
  'output-slope-twice',
  'output-slope-missing',
  'slope-missing',
  'slope-is-activation',
  'slope-of-z',
  'dw-preactivation',
  'y-for-dy',
  'last-sample-only',
  'db-averaged',
  'dx-weight-forgotten',
  'dx-from-db',
  'dx-zero',
  'accumulates',
  'params-updated-inside',
  'w-updated-before-dx',
  'stale-cache',
  'sample-left-out',
  'l2-extra',
];

/** What a mistake does in truth, of those that may even train better than the right gradient. */
export const ACTS_AS: { readonly [mistake: string]: string } = {
  'mean-missing': 'multiplies the learning rate by the number of samples',
  'factor-two-extra': 'doubles the learning rate',
  'output-slope-missing': 'weighs each sample by 1/(p(1 − p)), which is 4 or more',
  accumulates: 'is momentum that never fades',
  'params-updated-inside': 'takes every step twice',
};

/** In the order of a backward pass: from the loss through activation and weights to the step. */
export const chosenMistakes: readonly Mistake[] = NAMES.map((name) => {
  const found = applicableMistakes.find((mistake) => mistake.name === name);
  if (found) return found;
  const known = applicableMistakes.map((mistake) => mistake.name).join(', ');
  throw new RangeError(`mistake "${name}": none with a place in ${MODEL.name}; there are ${known}`);
});
