import type { Along } from '../alongside.ts';
import { LAYERS } from '../five-layer.ts';
import { agreementFigure } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { DyingCaseName } from './cases.ts';
import { type DyingFigures, rises } from './figures.ts';
import { type CaseResult, resultOf, type Trained } from './measure.ts';
import { laterWoken } from './revivals.ts';

/** The first layer's median over 20 seeds in PyTorch: other draws from the same distribution. */
export const PYTORCH: { readonly [C in DyingCaseName]?: number } = {
  relu: 0,
  'leaky-0.01': 1.7e-16,
  'leaky-0.1': 1.7e-12,
  'leaky-0.3': 1.3e-10,
  elu: 2e-22,
};

/** By which factor one median of 20 seeds may differ from another: 30 such were drawn. */
const FACTOR = 2;

/** How far Leaky ReLU moves each layer: what 60 seeds showed, and a little more. */
const LEAKY_MOVES: readonly StatedFigure['stated'][] = [
  [1e-15, 1e-12],
  [5e-12, 5e-9],
  [5e-8, 1e-5],
  [0.007, 0.013],
  [4.2, 5.5],
];

/** This training settles: its gradient cancels down to rounding, where no comparison can judge. */
const SETTLES: DyingCaseName = 'leaky-0.3';

export function statedFigures(
  results: readonly CaseResult[],
  { seeds, cases, deadAtDefault, revivals }: DyingFigures,
  alongs: readonly Along[],
): readonly StatedFigure[] {
  const relu = resultOf(results, 'relu');
  const leaky = resultOf(results, 'leaky-0.01');
  const worstOf = (figure: (of: Trained) => number): number =>
    Math.max(...[relu.own, ...relu.trained].map(figure));
  const ofEverySeed = ({ own, trained }: CaseResult, figure: (of: Trained) => number) => ({
    value: figure(own),
    seeds: trained.map(figure),
  });
  return [
    {
      what: 'ReLU, biases −8: largest |gradient| of any parameter but the output bias, any epoch, any seed',
      value: worstOf(({ largestGrad }) => largestGrad),
      stated: [0, 0],
    },
    {
      what: 'ReLU, biases −8: hidden parameters of which a bit changed, any seed',
      value: worstOf(({ changed }) => changed),
      stated: [0, 0],
      format: 'count',
    },
    {
      what: 'ReLU, biases −8: |gradient| of the output bias, first epoch',
      ...ofEverySeed(relu, ({ outputBiasGrad }) => Math.abs(outputBiasGrad)),
      stated: [0.44, 0.56],
    },
    {
      what: 'ReLU, biases −8: output bias at the end',
      ...ofEverySeed(relu, ({ outputBias }) => outputBias),
      stated: [-3.8, -2.5],
    },
    {
      what: 'ReLU, biases −8: epochs at which the loss does not fall',
      ...ofEverySeed(relu, rises),
      stated: [0, 0],
      format: 'count',
    },
    ...(['leaky-0.01', 'leaky-0.1', 'leaky-0.3', 'elu'] as const).map((name) => ({
      what: `${resultOf(results, name).case.title}, biases −8: gradient of layer 1, median over the seeds`,
      value: cases[name].median[0]!,
      stated: [PYTORCH[name]! / FACTOR, PYTORCH[name]! * FACTOR] as const,
    })),
    ...LAYERS.map((layer, i) => ({
      what: `Leaky ReLU, slope 0.01, biases −8: how far layer ${layer} moves`,
      ...ofEverySeed(leaky, ({ moves }) => moves[i]!),
      stated: LEAKY_MOVES[i]!,
    })),
    ...([1, 2] as const).map((layer) => ({
      what: `the same in float32: how far layer ${layer} moves`,
      value: cases['leaky-0.01-float32'].training!.moves[layer - 1]!,
      stated: [0, 0] as const,
    })),
    {
      what: 'ELU, biases −8: how far layer 1 moves',
      value: cases.elu.training!.moves[0]!,
      stated: [0, 0],
    },
    {
      what: 'ReLU, PyTorch’s default: dead units of 12, mean over the seeds',
      value: deadAtDefault.meanUnits,
      stated: [2.5, 5.5],
    },
    {
      what: 'ReLU, PyTorch’s default: share of seeds with a dead unit',
      value: deadAtDefault.seedsWithOne / seeds,
      stated: [0.8, 1],
    },
    {
      what: 'ReLU, PyTorch’s default: share of seeds with a dead layer',
      value: deadAtDefault.seedsWithLayer / seeds,
      stated: [0.05, 0.5],
    },
    {
      what: `ReLU, PyTorch’s default, rate ${revivals.rate}: dead units of layer 1 that are active at the end, any seed`,
      value: revivals.layers[0]!.woken,
      stated: [0, 0],
      format: 'count',
    },
    {
      what: 'the same, layers 2 to 4: share of the dead units',
      value: laterWoken(revivals).share,
      stated: [0.05, 0.3],
    },
    {
      what: 'largest difference of gradients, by hand against automatic, as a share of what rounding allows',
      value: Math.max(...alongs.map(({ worst }) => worst)),
      stated: [0, 1],
    },
    {
      ...agreementFigure(
        results.filter((result) => result.case.name !== SETTLES).map(({ along }) => along),
      ),
      what: 'share of gradient comparisons, by hand against automatic, that agree; slope 0.3, which settles, and rate 0.2 aside',
    },
  ];
}
