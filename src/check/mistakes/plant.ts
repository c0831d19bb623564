import { fused } from '../../gradients/manual/fused.ts';
import { manualMethod } from '../../gradients/manual/method.ts';
import type {
  LayerRule,
  LayerSite,
  LossRule,
  LossSite,
  Passes,
  RuleSet,
} from '../../gradients/manual/rule.ts';
import type { LayerKind } from '../../model/layer.ts';
import type { Model } from '../../model/model.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import type { Mistake } from './mistake.ts';

/** A mistake in the rules of the hand-derived method. */
export interface Plan extends Omit<Mistake, 'method'> {
  /** All rules, the wrong one among them; made anew for each network, so they may remember it. */
  readonly rules: (model: Model, learningRate: number) => RuleSet;
}

/** What a textbook would use; of no influence but on mistakes of the training step. */
export const LEARNING_RATE = 0.1;

/** `manual-fused`, but with the plan's rules. */
export const planted = ({ rules, ...mistake }: Plan): Mistake => ({
  ...mistake,
  method: ({ learningRate = LEARNING_RATE } = {}) => ({
    name: mistake.name,
    prepare: (model, shape, options) =>
      manualMethod(mistake.name, rules(model, learningRate)).prepare(model, shape, options),
  }),
});

/** Lays a mistake out at its site: what is done after the right backward pass. */
export type Spoiler<S> = (site: S) => () => void;

/** Nothing to spoil here. */
export const spare: () => void = () => {};

/** The right rule, and after its backward pass the spoiler's. */
export const spoilt =
  <S>(rule: (site: S) => Passes, spoiler: Spoiler<S>): ((site: S) => Passes) =>
  (site) => {
    const { forward, backward } = rule(site);
    const spoil = spoiler(site);
    return {
      forward,
      backward() {
        backward();
        spoil();
      },
    };
  };

/** The fused rules with every linear layer spoilt. */
export const spoiltLinear = (spoiler: Spoiler<LayerSite<'linear'>>): RuleSet => ({
  ...fused,
  layers: { ...fused.layers, linear: spoilt(fused.layers.linear, spoiler) },
});

/** A mistake in every linear layer: something written over after its right backward pass. */
export const linearMistake = (
  about: Omit<Plan, 'rules'>,
  spoiler: Spoiler<LayerSite<'linear'>>,
): Mistake => planted({ ...about, rules: () => spoiltLinear(spoiler) });

/** Spoils ∂L/∂X of a linear layer, where anybody needs it. */
export const atDx =
  (spoiler: (site: LayerSite<'linear'>, dx: Matrix) => () => void): Spoiler<LayerSite<'linear'>> =>
  (site) =>
    site.dx ? spoiler(site, site.dx) : spare;

/** The fused rules with every loss spoilt, the fused sigmoid and bce too. */
export const spoiltLoss = (spoiler: Spoiler<LossSite>): RuleSet => {
  const { bce, bce_with_logits, cross_entropy, mse } = fused.losses;
  const each = (rule: LossRule): LossRule => spoilt(rule, spoiler);
  return {
    ...fused,
    losses: {
      bce: each(bce),
      bce_with_logits: each(bce_with_logits),
      cross_entropy: each(cross_entropy),
      mse: each(mse),
    },
    sigmoidBce: fused.sigmoidBce && each(fused.sigmoidBce),
  };
};

/** The layers of the fused rules, each changed; `index` counts the network's layers from 0. */
export function everyLayer(
  change: <K extends LayerKind>(rule: LayerRule<K>, index: number) => LayerRule<K>,
): RuleSet['layers'] {
  let index = 0;
  // A network is laid out once, from its first layer to its last.
  const each =
    <K extends LayerKind>(rule: LayerRule<K>): LayerRule<K> =>
    (site) =>
      change(rule, index++)(site);
  const { linear, sigmoid, tanh, relu, leaky_relu, elu, identity } = fused.layers;
  return {
    linear: each(linear),
    sigmoid: each(sigmoid),
    tanh: each(tanh),
    relu: each(relu),
    leaky_relu: each(leaky_relu),
    elu: each(elu),
    identity: each(identity),
  };
}
