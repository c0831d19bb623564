import type { LayerKind, LayerSpec, SpecOf } from '../../model/layer.ts';
import type { Model } from '../../model/model.ts';

/** A kind that bends: neither linear nor the identity. */
export type ActivationKind = Exclude<LayerKind, 'linear' | 'identity'>;

/** An activation, and where in the model's layers it stands. */
export interface Place {
  readonly index: number;
  readonly spec: SpecOf<ActivationKind>;
}

export const linears = ({ layers }: Model): readonly SpecOf<'linear'>[] => layers.filter(isLinear);

/** The linear layers whose ∂L/∂X reaches a parameter: all but the first. */
export const laterLinears = (model: Model): readonly SpecOf<'linear'>[] => linears(model).slice(1);

/** Whether a layer's weight, read with its shape turned round, is another matrix. */
export const turns = (spec: SpecOf<'linear'>): boolean => spec.in > 1 && spec.out > 1;

/** The activations whose derivative reaches a parameter: those with a linear layer before them. */
export const activations = ({ layers }: Model): readonly Place[] => {
  const first = layers.findIndex(isLinear);
  return layers.flatMap((spec, index) =>
    first >= 0 && index > first && isActivation(spec) ? [{ index, spec }] : [],
  );
};

/** Those with a derivative of their own in the fused rules: without a last sigmoid that bce includes. */
export const activationsApart = (model: Model): readonly Place[] =>
  endsInSigmoidBce(model)
    ? activations(model).filter(({ index }) => index < model.layers.length - 1)
    : activations(model);

export const endsInSigmoidBce = ({ layers, loss }: Model): boolean =>
  loss.kind === 'bce' && layers.at(-1)?.kind === 'sigmoid';

/** With one class the probability is 1, whatever the parameters. */
export const choosesClasses = (model: Model): boolean =>
  linears(model).length > 0 && model.loss.kind === 'cross_entropy' && model.outputs > 1;

export const isActivation = (spec: LayerSpec): spec is SpecOf<ActivationKind> =>
  spec.kind !== 'linear' && spec.kind !== 'identity';

const isLinear = (spec: LayerSpec): spec is SpecOf<'linear'> => spec.kind === 'linear';
