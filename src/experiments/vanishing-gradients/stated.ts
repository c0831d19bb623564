import type { Decades } from '../backward-decades.ts';
import { LAYERS } from '../five-layer.ts';
import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { VanishingFigures } from './figures.ts';
import { type Case, caseOf, HIDDEN, type HiddenName, type Measured, names } from './measure.ts';

/**
 * Medians lie where PyTorch's do: those of the small start, of which the material speaks. How much a
 * single seed loses has a lower end, below what 400 seeds showed; how much more it may be is no
 * claim. Means over 20 seeds: what 20 such showed, and a little more.
 */
export function statedFigures(
  cases: readonly Case[],
  figures: VanishingFigures,
): readonly StatedFigure[] {
  const { seeds, cases: of } = figures;
  return [
    ...HIDDEN.flatMap((hidden) => asInTorch(hidden, figures)),
    ...HIDDEN.map((hidden) => ({
      ...ofEverySeed(caseOf(cases, 'small', hidden), falls),
      what: `steps back of 4 at which the gradient falls, small start, ${names[hidden]}`,
      stated: [4, 4] as const,
      format: 'count' as const,
    })),
    lost(cases, 'sigmoid', 'all', [9, Number.POSITIVE_INFINITY]),
    lost(cases, 'sigmoid', 'slopes', [2.8, 2.85]),
    lost(cases, 'sigmoid', 'weights', [6.1, Number.POSITIVE_INFINITY]),
    lost(cases, 'relu', 'all', [6.3, Number.POSITIVE_INFINITY]),
    lost(cases, 'relu', 'slopes', [0, 0]),
    {
      what: 'powers of ten lost, N(0, 1), sigmoid: mean over the seeds',
      over: 'all seeds',
      value: -of.unit.sigmoid.decades.all,
      stated: [2, 2.8],
    },
    {
      what: 'powers of ten lost, N(0, 1), ReLU: mean over the seeds without a 0',
      over: 'all seeds',
      value: -of.unit.relu.decades.all,
      stated: [0.4, 0.9],
    },
    {
      what: 'powers of ten lost, PyTorch’s default, sigmoid: mean over the seeds',
      over: 'all seeds',
      value: -of.default.sigmoid.decades.all,
      stated: [2.6, 3.2],
    },
    {
      what: 'powers of ten lost, PyTorch’s default, ReLU: mean over the seeds without a 0',
      over: 'all seeds',
      value: -of.default.relu.decades.all,
      stated: [0.5, 1.4],
    },
    {
      what: 'share of seeds with a gradient of exactly 0, PyTorch’s default, ReLU',
      over: 'all seeds',
      value: of.default.relu.seedsWithZero / seeds,
      stated: [0.05, 0.45],
    },
    ...alongFigures(cases.map(({ along }) => along)),
  ];
}

/** None where PyTorch's are not recorded: then nothing says where they should lie. */
function asInTorch(hidden: HiddenName, { cases }: VanishingFigures): readonly StatedFigure[] {
  const { median, torch } = cases.small[hidden];
  if (!torch) return [];
  return LAYERS.map((layer, i) => ({
    what: `gradient, small start, ${names[hidden]}, layer ${layer}: median over the seeds`,
    over: 'all seeds',
    value: median[i]!,
    stated: [torch.low[i]!, torch.high[i]!],
  }));
}

/** One part of the loss from the last layer to the first, small start, for every seed. */
const lost = (
  cases: readonly Case[],
  hidden: HiddenName,
  part: Exclude<keyof Decades, 'inputs'>,
  stated: StatedFigure['stated'],
): StatedFigure => ({
  ...ofEverySeed(caseOf(cases, 'small', hidden), ({ decades }) => -decades[part]),
  what: `powers of ten lost ${part === 'all' ? 'in all' : `through the ${part}`}, small start, ${names[hidden]}`,
  stated,
});

const ofEverySeed = (
  { own, others }: Case,
  figure: (of: Measured) => number,
): Pick<StatedFigure, 'value'> & { readonly seeds: readonly number[] } => ({
  value: figure(own),
  seeds: others.map(figure),
});

/** Steps from a layer to the one before at which the norm falls. */
const falls = ({ grads }: Measured): number =>
  grads[0]!.filter((norm, i) => i > 0 && grads[0]![i - 1]! < norm).length;
