import type { Along } from '../alongside.ts';
import { LAYERS } from '../five-layer.ts';
import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import { rises } from '../statistics.ts';
import type { DyingFigures } from './figures.ts';
import { type CaseResult, resultOf, type Trained } from './measure.ts';
import { laterWoken } from './revivals.ts';

/** How far Leaky ReLU moves each layer: what 60 seeds showed, and more below, which is no claim. */
const LEAKY_MOVES: readonly StatedFigure['stated'][] = [
  [1e-16, 1e-12],
  [1e-12, 5e-9],
  [1e-8, 3e-5],
  [0.007, 0.013],
  [4.2, 5.5],
];

export function statedFigures(
  results: readonly CaseResult[],
  { seeds, cases, deadAtDefault, revivals }: DyingFigures,
  alongs: readonly Along[],
): readonly StatedFigure[] {
  const relu = resultOf(results, 'relu');
  const leaky = resultOf(results, 'leaky-0.01');
  const ofEverySeed = ({ own, trained }: CaseResult, figure: (of: Trained) => number) => ({
    value: figure(own),
    seeds: trained.map(figure),
  });
  return [
    {
      what: 'ReLU, biases −8: largest |gradient| of any parameter but the output bias, any epoch',
      ...ofEverySeed(relu, ({ largestGrad }) => largestGrad),
      stated: [0, 0],
    },
    {
      what: 'ReLU, biases −8: hidden parameters of which a bit changed',
      ...ofEverySeed(relu, ({ changed }) => changed),
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
      ...ofEverySeed(relu, ({ losses }) => rises(losses)),
      stated: [0, 0],
      format: 'count',
    },
    ...(['leaky-0.01', 'leaky-0.1', 'leaky-0.3', 'elu'] as const).flatMap((name) => {
      const { median, torch } = cases[name];
      if (!torch) return []; // then nothing says where it should lie
      const what = `${resultOf(results, name).case.title}, biases −8: gradient of layer 1, median over the seeds`;
      const stated = [torch.low[0]!, torch.high[0]!] as const;
      return [{ what, over: 'all seeds' as const, value: median[0]!, stated }];
    }),
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
      over: 'all seeds',
      value: deadAtDefault.meanUnits,
      stated: [2.5, 5.5],
    },
    {
      what: 'ReLU, PyTorch’s default: share of seeds with a dead unit',
      over: 'all seeds',
      value: deadAtDefault.seedsWithOne / seeds,
      stated: [0.8, 1],
    },
    {
      what: 'ReLU, PyTorch’s default: share of seeds with a dead layer',
      over: 'all seeds',
      value: deadAtDefault.seedsWithLayer / seeds,
      stated: [0.05, 0.5],
    },
    {
      what: `ReLU, PyTorch’s default, rate ${revivals.rate}: dead units of layer 1 that are active at the end`,
      over: 'all seeds',
      value: revivals.layers[0]!.woken,
      stated: [0, 0],
      format: 'count',
    },
    {
      what: 'the same, layers 2 to 4: share of the dead units',
      over: 'all seeds',
      value: laterWoken(revivals).share,
      stated: [0.05, 0.3],
    },
    ...alongFigures(alongs),
  ];
}
