import { formatNumber } from '../../report/format.ts';
import type { Along } from '../alongside.ts';
import type { DyingCaseFigures, DyingFigures, DyingTraining } from './figures.ts';
import { laterWoken, type Revivals } from './revivals.ts';

/** What a reader should take from the page; every number of a run is computed. */
export function seeItems(figures: DyingFigures, alongs: readonly Along[]): readonly string[] {
  const { seeds, cases, hiddenParameters, deadAtDefault, leakyBelowDefault, revivals } = figures;
  const [relu, leaky, steep, elu] = [
    trained(cases.relu),
    trained(cases['leaky-0.01']),
    trained(cases['leaky-0.3']),
    trained(cases.elu),
  ];
  const single = trained(cases['leaky-0.01-float32']);
  const [usual, usualLeaky] = [trained(cases['default-elu']), trained(cases['default-leaky-0.01'])];
  return [
    '**With biases of −8 every ReLU is dead, and stays dead.** In all epochs and all seeds every weight gradient and every hidden bias gradient is 0, not small but 0, and no hidden parameter changes by a single bit. ' +
      `One number still learns, the output bias: its gradient is ${write(relu.outputBias.grad)} at first, and it moves from −8 to ${write(relu.outputBias.last)}. ` +
      'The network gives every point the same probability.',
    forEver(revivals, seeds),
    `**The loss does not tell.** In that dead network it falls at every epoch, from ${write(relu.loss.first)} to ${write(relu.loss.last)}. ` +
      `With slope 0.3 or ELU it reaches ${write(steep.loss.last)} and ${write(elu.loss.last)}, where ln 2 is 0.693: the last layer has learnt how often each class occurs, and hardly more.`,
    '**Leaky ReLU brings gradients back, but not to normal.** The material says that they return to normal and that parameters update as they should. ' +
      `With its slope, 0.01, they are above 0, but the first layer’s is ${leakyBelowDefault.toFixed(0)} powers of ten below what the same activation has at PyTorch’s default start. ` +
      `In ${formatNumber(leaky.epochs, 'count')} epochs no parameter of the first layer moves by more than ${write(leaky.moves[0]!)}, none of the second by more than ${write(leaky.moves[1]!)}. ` +
      `In float32, which the material runs in, such steps are below the spacing of the numbers: the first two layers keep every bit, and of ${hiddenParameters} hidden parameters ${single.changed} change at all.`,
    `**A larger slope helps, as the material says, but not enough.** Each of the four steps back multiplies the gradient by the slope, so 0.3 in place of 0.01 gives the first layer ${factor(cases['leaky-0.3'], cases['leaky-0.01'])} times as much. ` +
      `But the weights take their share too, ${(-cases['leaky-0.01'].decades.weights).toFixed(1)} powers of ten whatever the slope. ` +
      `Even with slope 1, no activation at all, the first layer’s gradient would be ${write(cases['slope-1'].median[0]!)}: the start has to change.`,
    `**ELU, which the material also recommends, is worse here.** Its slope at −8 is e⁻⁸ = 0.0003, less than 0.01, and its gradient in the first layer ${write(cases.elu.median[0]!)}. That is not 0, yet no bit of the first layer changes: a step is less than half the spacing of the doubles there. ` +
      `From PyTorch’s default that gradient is ${write(cases['default-elu'].median[0]!)} (Leaky ReLU: ${write(cases['default-leaky-0.01'].median[0]!)}), and in ${formatNumber(leaky.epochs, 'count')} epochs the loss falls to ${write(usual.loss.last)} (${write(usualLeaky.loss.last)}).`,
    `**The material’s code never ran this.** Its biases of −8 never took effect: it ran on PyTorch’s default, where units are dead too, but not all: ${deadAtDefault.meanUnits.toFixed(1)} of 12 on average, at least one in ${deadAtDefault.seedsWithOne} of ${seeds} seeds, a whole layer in ${deadAtDefault.seedsWithLayer}, and then neither that layer nor any before it learns. ` +
      `A layer’s gradient is 0 in ${cases['default-relu'].seedsWithZero} of ${seeds} seeds with ReLU, in ${cases['default-leaky-0.01'].seedsWithZero} with Leaky ReLU, in ${cases['default-elu'].seedsWithZero} with ELU: this is what they are for.`,
    'Nor was anything updated there: the optimiser still held the parameters of an earlier model. Here the optimiser’s state is made from the model’s own layout, so that mistake cannot be made. What the code printed, again norms of weights, would have looked much the same either way.',
    ...settled(alongs),
  ];
}

/** What the material says of one dead unit, held against networks in which others still learn. */
function forEver(revivals: Revivals, seeds: number): string {
  const { rate, epochs, layers, seedsWithOne } = revivals;
  const [first, later] = [layers[0]!, laterWoken(revivals)];
  return (
    '**“For ever” holds where nothing before the unit can change.** The material says it of every dead unit. A dead unit’s own parameters stay as they are, but in a later layer its inputs change as the layers before it learn. ' +
    `From PyTorch’s default start, at rate ${rate} for ${epochs} epochs, ${later.woken} of ${later.dead} units that are dead at the start in layers 2 to 4 are active at the end (in ${seedsWithOne} of ${seeds} seeds); ` +
    `of the first layer, whose inputs are the data, ${first.woken} of ${first.dead}.`
  );
}

/** Why some comparisons give no verdict, where there are such. */
function settled(alongs: readonly Along[]): readonly string[] {
  const of = alongs.filter(({ verdicts }) => verdicts.has('unresolved'));
  if (of.length === 0) return [];
  const unresolved = of.reduce((sum, { verdicts }) => sum + verdicts.get('unresolved')!, 0);
  return [
    `Below, ${unresolved} comparisons are unresolved: where a training has settled, its gradients are sums that cancel almost to nothing, and what rounding leaves of them is too blunt for a verdict. ` +
      `No two gradients differ there by more than ${write(Math.max(...of.map(({ worst }) => worst)))} of what rounding allows.`,
  ];
}

/** The page tells of trainings only where there is one. */
const trained = ({ training }: DyingCaseFigures): DyingTraining => training!;

const write = (value: number): string => formatNumber(value, 'significant').replace(/^-/, '−');

const factor = (a: DyingCaseFigures, b: DyingCaseFigures): string =>
  formatNumber(Number((a.median[0]! / b.median[0]!).toPrecision(2)), 'count');
