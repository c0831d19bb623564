import type { LossKind } from '../model/loss.ts';
import type { LossLine } from './loss-line.ts';
import { bceLine } from './losses/bce.ts';
import { bceWithLogitsLine } from './losses/bce-with-logits.ts';
import { crossEntropyLine } from './losses/cross-entropy.ts';
import { mseLine } from './losses/mse.ts';

/** Every loss's line of the tolerance: a kind without one does not compile. */
export const lossLines: { readonly [K in LossKind]: LossLine } = {
  bce: bceLine,
  bce_with_logits: bceWithLogitsLine,
  cross_entropy: crossEntropyLine,
  mse: mseLine,
};
