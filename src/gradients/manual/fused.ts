import { bce } from './bce.ts';
import { bceWithLogits } from './bce-with-logits.ts';
import { crossEntropy } from './cross-entropy.ts';
import { elu } from './elu.ts';
import { identity } from './identity.ts';
import { leakyRelu } from './leaky-relu.ts';
import { linear } from './linear.ts';
import { mse } from './mse.ts';
import { relu } from './relu.ts';
import type { RuleSet } from './rule.ts';
import { sigmoid } from './sigmoid.ts';
import { sigmoidBce } from './sigmoid-bce.ts';
import { tanh } from './tanh.ts';

/** One kernel a layer and pass, as a framework's fused operators do. */
export const fused: RuleSet = {
  layers: { linear, sigmoid, tanh, relu, leaky_relu: leakyRelu, elu, identity },
  losses: { bce, bce_with_logits: bceWithLogits, cross_entropy: crossEntropy, mse },
  sigmoidBce,
};
