import type { Curve } from '../report/charts/curves.ts';
import type { History } from '../training/runner.ts';

/** Train solid, dev dashed, over the epochs. */
export function historyCurves(
  history: History,
  figure: 'loss' | 'score',
  series: string,
): readonly Curve[] {
  const points = (values: readonly number[]): (readonly [number, number])[] =>
    values.map((value, epoch) => [epoch, value]);
  const [train, dev] =
    figure === 'loss'
      ? [history.trainLoss, history.devLoss]
      : [history.trainScore, history.devScore];
  return [
    { series, style: 'train', points: points(train) },
    { series, style: 'dev', points: points(dev) },
  ];
}
