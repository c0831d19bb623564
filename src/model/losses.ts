import type { LossDefinition, LossKind } from './loss.ts';
import { bce } from './losses/bce.ts';
import { bceWithLogits } from './losses/bce-with-logits.ts';
import { crossEntropy } from './losses/cross-entropy.ts';
import { mse } from './losses/mse.ts';

/** Every loss's definition: a kind without one does not compile. */
export const losses: { readonly [K in LossKind]: LossDefinition } = {
  bce,
  bce_with_logits: bceWithLogits,
  cross_entropy: crossEntropy,
  mse,
};
