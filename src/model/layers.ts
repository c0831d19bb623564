import type { LayerDefinition, LayerKind } from './layer.ts';
import { elu } from './layers/elu.ts';
import { identity } from './layers/identity.ts';
import { leakyRelu } from './layers/leaky-relu.ts';
import { linear } from './layers/linear.ts';
import { relu } from './layers/relu.ts';
import { sigmoid } from './layers/sigmoid.ts';
import { tanh } from './layers/tanh.ts';

/** Every layer's definition: a kind without one does not compile. */
export const layers: { readonly [K in LayerKind]: LayerDefinition<K> } = {
  linear,
  sigmoid,
  tanh,
  relu,
  leaky_relu: leakyRelu,
  elu,
  identity,
};

/** The definition of a spec's kind, typed for that spec. */
export const layerOf = <K extends LayerKind>(kind: K): LayerDefinition<K> => layers[kind];
