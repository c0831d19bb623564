import { number, type Table, text } from '../../report/report.ts';
import { spread } from '../statistics.ts';
import type { BothRuns } from '../train.ts';
import { OF_RUN, type TwoLayerFigures } from './figures.ts';

const ROWS: readonly (readonly [what: string, figure: keyof TwoLayerFigures])[] = [
  ['training loss, last epoch', 'loss'],
  ['training score, last epoch', 'lastScore'],
  ['dev score, last model', 'lastDev'],
  ['dev score, best model', 'bestDev'],
  ['epoch of the best model', 'bestEpoch'],
  ['test score, best model', 'testOfBest'],
  ['test loss, best model', 'testLossOfBest'],
  ['test score, last model', 'testOfLast'],
  ['test loss, last model', 'testLossOfLast'],
];

/** The page's seed by hand and by the tape, to the last digit, and where the seeds lie by hand. */
export const outcomes = ({ manual, tape }: BothRuns, figures: TwoLayerFigures): Table => ({
  kind: 'table',
  name: 'outcomes',
  columns: [
    { key: 'what', title: '', align: 'left' },
    { key: 'manual', title: 'by hand', align: 'right' },
    { key: 'tape', title: 'automatic', align: 'right' },
    { key: 'low', title: 'lowest seed', align: 'right' },
    { key: 'median', title: 'median', align: 'right' },
    { key: 'high', title: 'highest seed', align: 'right' },
  ],
  rows: ROWS.map(([what, figure]) => {
    const { low, median, high } = spread(figures[figure].seeds);
    const format = figure === 'bestEpoch' ? 'count' : 'significant';
    return [
      text(what),
      number(OF_RUN[figure](manual), 'exact'),
      number(OF_RUN[figure](tape), 'exact'),
      ...[low, median, high].map((value) => number(value, format)),
    ];
  }),
});

/** By how much the two columns differ at most. */
export const largestDifference = ({ manual, tape }: BothRuns): number =>
  Math.max(...ROWS.map(([, figure]) => Math.abs(OF_RUN[figure](manual) - OF_RUN[figure](tape))));
