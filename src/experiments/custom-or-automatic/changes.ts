import { fused } from '../../gradients/manual/fused.ts';
import { manualMethod } from '../../gradients/manual/method.ts';
import type { LayerRule, LossRule } from '../../gradients/manual/rule.ts';
import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import { mlp } from '../../model/model.ts';
import { random } from '../../numeric/random.ts';
import { initialise, normal, zeros } from '../../params/initialise.ts';
import { copyParams } from '../../params/params.ts';
import { torchBce, unclampedBce, withBce } from './bce-rules.ts';
import { reversed, shuffled } from './rows.ts';
import type { Training } from './training.ts';

/** One thing done otherwise than in the base training; everything else stays. */
export interface Change {
  readonly name: ChangeName;
  /** As a row of the table and of the chart. */
  readonly says: string;
  /** Another problem or gradient; or the same ones, rounded otherwise. */
  readonly kind: 'mathematics' | 'rounding';
  readonly of: (base: Training, seed: number) => Training;
}

export type ChangeName =
  | 'start'
  | 'draw'
  | 'sum'
  | 'mistake'
  | 'tape'
  | 'tape-textbook'
  | 'reversed'
  | 'shuffled'
  | 'unclamped'
  | 'clamped'
  | 'torch-floor'
  | 'logits'
  | 'float32';

/** Hand-derived with the output's sigmoid and this loss of its probabilities apart. */
export const byHandWith = (bce: LossRule): GradientMethod =>
  manualMethod('manual-fused, own bce', withBce(bce));

/** A seed of no other run's, for a second draw. */
const OTHER_DRAW = 1000;

/** dz = da: the sigmoid's own derivative is forgotten. Only in the hidden layer: bce has the last one. */
const slopeForgotten: LayerRule<'sigmoid'> = (site) => ({
  ...fused.layers.sigmoid(site),
  backward() {
    if (site.dx) site.kernels.copy(site.dx, site.dy);
  },
});

const withMethod =
  (method: GradientMethod): Change['of'] =>
  (base) => ({ ...base, method });

/** float32 comes last: once float32 has run, engines keep code for both, and all is slower. */
export const changes: readonly Change[] = [
  {
    name: 'start',
    says: 'start: N(0, 1), biases 0',
    kind: 'mathematics',
    of: (base, seed) => ({
      ...base,
      params: initialise(base.model.layout, { seed, weight: normal(0, 1), bias: zeros }),
    }),
  },
  {
    name: 'draw',
    says: 'start: PyTorch’s recipe, drawn anew',
    kind: 'mathematics',
    of: (base, seed) => ({
      ...base,
      params: initialise(base.model.layout, { seed: seed + OTHER_DRAW }),
    }),
  },
  {
    name: 'sum',
    says: 'loss summed, not averaged',
    kind: 'mathematics',
    of: (base) => ({ ...base, model: mlp([2, 5, 1], { loss: { kind: 'bce', reduction: 'sum' } }) }),
  },
  {
    name: 'mistake',
    says: 'mistake: hidden σ′ forgotten',
    kind: 'mathematics',
    of: withMethod(
      manualMethod('slope-forgotten', {
        ...fused,
        layers: { ...fused.layers, sigmoid: slopeForgotten },
      }),
    ),
  },
  {
    name: 'tape',
    says: 'automatic, same operations',
    kind: 'rounding',
    of: withMethod(methods['tape-fused']),
  },
  {
    name: 'tape-textbook',
    says: 'automatic, textbook operations',
    kind: 'rounding',
    of: withMethod(methods['tape-textbook']),
  },
  {
    name: 'reversed',
    says: 'control: batch reversed',
    kind: 'rounding',
    of: (base) => ({ ...base, split: { ...base.split, train: reversed(base.split.train) } }),
  },
  {
    name: 'shuffled',
    says: 'batch shuffled at every epoch',
    kind: 'rounding',
    of: (base, seed) => {
      const source = random(seed);
      return { ...base, batchAt: () => shuffled(base.split.train, source) };
    },
  },
  {
    name: 'unclamped',
    says: 'bce of probabilities, unclamped',
    kind: 'rounding',
    of: withMethod(byHandWith(unclampedBce)),
  },
  {
    name: 'clamped',
    says: 'bce of probabilities, clamped',
    kind: 'rounding',
    of: withMethod(byHandWith(fused.losses.bce)),
  },
  {
    name: 'torch-floor',
    says: 'bce with PyTorch’s floor backwards',
    kind: 'rounding',
    of: withMethod(byHandWith(torchBce)),
  },
  {
    name: 'logits',
    says: 'bce of logits',
    kind: 'rounding',
    of: (base) => ({
      ...base,
      model: mlp([2, 5, 1], { output: 'identity', loss: 'bce_with_logits' }),
    }),
  },
  {
    name: 'float32',
    says: 'float32',
    kind: 'rounding',
    of: (base) => ({ ...base, params: copyParams(base.params, 'float32') }),
  },
];
