import { activationMistakes } from './activation.ts';
import { activationPlaceMistakes } from './activation-place.ts';
import { crossEntropyMistakes } from './cross-entropy.ts';
import { entropyMistakes } from './entropy.ts';
import { linearMistakes } from './linear.ts';
import { linearInputMistakes } from './linear-input.ts';
import { lossMistakes } from './loss.ts';
import type { Mistake } from './mistake.ts';
import { networkMistakes } from './network.ts';

/** Typical mistakes of hand-derived backpropagation, each with a method that makes it. */
export const mistakes: readonly Mistake[] = [
  ...lossMistakes,
  ...entropyMistakes,
  ...crossEntropyMistakes,
  ...linearMistakes,
  ...linearInputMistakes,
  ...activationMistakes,
  ...activationPlaceMistakes,
  ...networkMistakes,
];
