import { identity } from './identity.ts';
import type { RuleSet } from './rule.ts';
import { elu, leakyRelu, linear, relu, sigmoid, tanh } from './textbook/layers.ts';
import { bce, bceWithLogits, crossEntropy, mse } from './textbook/losses.ts';

/** One kernel a symbol, the way the formulas are first written down from a textbook. */
export const textbook: RuleSet = {
  layers: { linear, sigmoid, tanh, relu, leaky_relu: leakyRelu, elu, identity },
  losses: { bce, bce_with_logits: bceWithLogits, cross_entropy: crossEntropy, mse },
  sigmoidBce: null,
};
