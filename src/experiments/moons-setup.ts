import { mlp } from '../model/model.ts';
import { type InitialiseOptions, initialise } from '../params/initialise.ts';
import { moonsSplit, type Split } from '../training/moons-split.ts';
import type { Setup } from './setup.ts';

export interface MoonsSetupOptions {
  /** Of the data and of the start. */
  readonly seed: number;
  /** 2-5-1 unless said; sigmoids and bce in any case. */
  readonly sizes?: readonly number[];
  /** 0.2 unless said. */
  readonly learningRate?: number;
  /** 1,000 unless said. */
  readonly epochs?: number;
  /** PyTorch's default in float64 unless said. */
  readonly start?: Pick<InitialiseOptions, 'weight' | 'bias' | 'dtype'>;
  /** The seed's own unless said. */
  readonly split?: Split;
}

/** The material's first training, on two moons; what is not said is as there. */
export function moonsSetup({
  seed,
  sizes = [2, 5, 1],
  learningRate = 0.2,
  epochs = 1000,
  start = {},
  split = moonsSplit({ seed }),
}: MoonsSetupOptions): Setup {
  const model = mlp(sizes);
  return {
    model,
    split,
    params: initialise(model.layout, { seed, ...start }),
    learningRate,
    epochs,
  };
}
