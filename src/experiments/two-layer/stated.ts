import type { Along } from '../alongside.ts';
import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { SeedFigure, TwoLayerFigures } from './figures.ts';

type Range = StatedFigure['stated'];

/** Where 20 seeds lie in PyTorch: other draws of the data and of the start. */
const PYTORCH_LOSS: Range = [0.24, 0.29];
const PYTORCH_DEV: Range = [0.84, 0.94];

/** Ranges of one seed are those of 150, wider by about a third: any of them is a right training. */
export const statedFigures = (of: TwoLayerFigures, along: Along): StatedFigure[] => [
  { what: 'training loss at the last epoch', ...ofEach(of.loss), stated: [0.21, 0.31] },
  outside(
    `a training loss outside ${PYTORCH_LOSS.join('–')}, where PyTorch’s 20 lie`,
    of.loss,
    PYTORCH_LOSS,
  ),
  { what: 'best dev score', ...ofEach(of.bestDev), stated: [0.8, 0.96] },
  outside(
    `a best dev score outside ${PYTORCH_DEV.join('–')}, where PyTorch’s 20 lie`,
    of.bestDev,
    PYTORCH_DEV,
  ),
  { what: 'test score, best model', ...ofEach(of.testOfBest), stated: [0.75, 0.98] },
  { what: 'test score, last model', ...ofEach(of.testOfLast), stated: [0.78, 0.98] },
  { what: 'test loss, last model', ...ofEach(of.testLossOfLast), stated: [0.17, 0.37] },
  {
    what: 'epochs at which the training loss does not fall',
    ...ofEach(of.lossRises),
    stated: [0, 0],
    format: 'count',
  },
  ...alongFigures([along]),
];

const ofEach = ({ own, seeds }: SeedFigure): Pick<StatedFigure, 'value' | 'seeds'> => ({
  value: own,
  seeds,
});

const outside = (what: string, { seeds }: SeedFigure, [low, high]: Range): StatedFigure => ({
  what: `seeds with ${what}`,
  value: seeds.filter((value) => !(value >= low && value <= high)).length,
  over: 'all seeds',
  stated: [0, 0],
  format: 'count',
});
