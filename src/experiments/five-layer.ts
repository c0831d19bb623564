import { type Activation, type Model, mlp } from '../model/model.ts';
import { constant, type InitialiseOptions, initialise, normal } from '../params/initialise.ts';
import { moonsSplit } from '../training/moons-split.ts';
import type { Setup } from './setup.ts';

/** The linear layers of the material's deep network, first to last. */
export const LAYERS = [1, 2, 3, 4, 5] as const;

/** One number a layer, first to last. */
export type PerLayer = readonly number[];

/** How its parameters may begin. */
export type StartName = 'small' | 'unit' | 'default' | 'negative';

interface Start {
  readonly title: string;
  readonly options: Pick<InitialiseOptions, 'weight' | 'bias'>;
}

/** `small` and `negative` are what the material's text asks for, `default` is what its code ran on. */
export const starts: { readonly [S in StartName]: Start } = {
  small: {
    title: 'N(0, 0.01²), biases 1',
    options: { weight: normal(0, 0.01), bias: constant(1) },
  },
  unit: { title: 'N(0, 1), biases 1', options: { weight: normal(0, 1), bias: constant(1) } },
  default: { title: 'PyTorch’s default', options: {} },
  negative: {
    title: 'N(0, 0.01²), biases −8',
    options: { weight: normal(0, 0.01), bias: constant(-8) },
  },
};

/** 2-3-3-3-3-1 with this activation in every hidden layer, a sigmoid at the end, and bce. */
const fiveLayer = (hidden: Activation): Model => mlp([2, 3, 3, 3, 3, 1], { hidden });

export interface FiveLayerOptions {
  readonly hidden: Activation;
  readonly start: StartName;
  readonly seed: number;
  readonly epochs: number;
  /** float64 unless said. */
  readonly dtype?: 'float64' | 'float32';
}

/** One training of it at the material's rate. */
export function fiveLayerSetup({
  hidden,
  start,
  seed,
  epochs,
  dtype = 'float64',
}: FiveLayerOptions): Setup {
  const model = fiveLayer(hidden);
  return {
    model,
    split: moonsSplit({ seed }),
    params: initialise(model.layout, { seed, dtype, ...starts[start].options }),
    learningRate: 0.01,
    epochs,
  };
}
