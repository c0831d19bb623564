import type { Decades } from '../backward-decades.ts';
import { LAYERS, type PerLayer } from '../five-layer.ts';
import { agreementFigure } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { VanishingFigures } from './figures.ts';
import { type Case, caseOf, HIDDEN, type HiddenName, type Measured, names } from './measure.ts';

/** The same medians over 20 seeds in PyTorch, small start: other draws from the same distribution. */
export const PYTORCH: { readonly [H in HiddenName]: PerLayer } = {
  sigmoid: [1.4e-11, 7e-9, 2.5e-6, 8e-4, 0.3],
  relu: [9.5e-9, 1.3e-6, 9e-5, 6e-3, 0.41],
};

/** By which factor a median of 20 seeds may differ from another, by layer: 30 such were drawn. */
const FACTORS: PerLayer = [2, 2, 1.5, 1.5, 1.1];

/** Ranges of single seeds and of means over 20: what 300 seeds showed, and a little more. */
export function statedFigures(
  cases: readonly Case[],
  { seeds, cases: of }: VanishingFigures,
): readonly StatedFigure[] {
  return [
    ...HIDDEN.flatMap((hidden) =>
      LAYERS.map((layer, i) => {
        const [torch, factor] = [PYTORCH[hidden][i]!, FACTORS[i]!];
        return {
          what: `gradient, small start, ${names[hidden]}, layer ${layer}: median over the seeds`,
          value: of.small[hidden].median[i]!,
          stated: [torch / factor, torch * factor] as const,
        };
      }),
    ),
    ...HIDDEN.map((hidden) => ({
      ...ofEverySeed(caseOf(cases, 'small', hidden), falls),
      what: `steps back of 4 at which the gradient falls, small start, ${names[hidden]}`,
      stated: [4, 4] as const,
      format: 'count' as const,
    })),
    lost(cases, 'sigmoid', 'all', [9.1, 11.7]),
    lost(cases, 'sigmoid', 'slopes', [2.8, 2.85]),
    lost(cases, 'sigmoid', 'weights', [6.3, 8.8]),
    lost(cases, 'relu', 'all', [6.4, 9]),
    lost(cases, 'relu', 'slopes', [0, 0]),
    {
      what: 'powers of ten lost, N(0, 1), sigmoid: mean over the seeds',
      value: -of.unit.sigmoid.decades.all,
      stated: [2, 2.8],
    },
    {
      what: 'powers of ten lost, N(0, 1), ReLU: mean over the seeds without a 0',
      value: -of.unit.relu.decades.all,
      stated: [0.4, 0.9],
    },
    {
      what: 'powers of ten lost, PyTorch’s default, sigmoid: mean over the seeds',
      value: -of.default.sigmoid.decades.all,
      stated: [2.6, 3.2],
    },
    {
      what: 'powers of ten lost, PyTorch’s default, ReLU: mean over the seeds without a 0',
      value: -of.default.relu.decades.all,
      stated: [0.5, 1.4],
    },
    {
      what: 'share of seeds with a gradient of exactly 0, PyTorch’s default, ReLU',
      value: of.default.relu.seedsWithZero / seeds,
      stated: [0.05, 0.45],
    },
    agreementFigure(cases.map(({ along }) => along)),
  ];
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
