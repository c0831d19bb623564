import type { LayerKind } from '../model/layer.ts';
import type { LayerLine } from './layer-line.ts';
import { eluLine } from './layers/elu.ts';
import { linearLine } from './layers/linear.ts';
import { identityLine, leakyReluLine, reluLine } from './layers/piecewise-linear.ts';
import { sigmoidLine } from './layers/sigmoid.ts';
import { tanhLine } from './layers/tanh.ts';

/** Every layer's line of the tolerance: a kind without one does not compile. */
const layerLines: { readonly [K in LayerKind]: LayerLine<K> } = {
  linear: linearLine,
  sigmoid: sigmoidLine,
  tanh: tanhLine,
  relu: reluLine,
  leaky_relu: leakyReluLine,
  elu: eluLine,
  identity: identityLine,
};

/** The line of a spec's kind, typed for that spec. */
export const layerLineOf = <K extends LayerKind>(kind: K): LayerLine<K> => layerLines[kind];
