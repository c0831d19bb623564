import type { Note, Verdict } from '../verdict.ts';

/** Verdicts in words. */
export const VERDICT_WORDS: { readonly [V in Verdict]: string } = {
  agrees: 'the gradient is right',
  disagrees: 'the gradient is wrong',
  unresolved: 'neither right nor wrong',
  'not-finite': 'NaN or infinity',
  'not-deterministic': 'the same input gives different results',
  'wrong-shape': 'an array of the wrong length',
  'wrong-type': 'something else than the numbers expected',
  'mutates-input': 'the input is changed',
  'timed-out': 'no answer in time',
  threw: 'an error was thrown',
  unsupported: 'this cannot be checked',
};

/** Notes in words. */
export const NOTE_WORDS: { readonly [N in Note]: string } = {
  kink: 'f has a corner here, where any mean of the whole gradients around it is right',
  accumulates: 'each call adds to the result of the one before',
  quantised: 'the values of f come in steps far coarser than their precision',
  float32: 'every value of f is a float32 number',
  flat: 'the gradient is no larger than its error bar; wrong formulas may well agree here',
  varies: 'two calls with the same input differ, by less than matters',
  'reuses-output': 'what a call returned changes with the next call; who keeps it should copy it',
};
