import { dotChart } from '../../report/charts/dots.ts';
import { type Block, type Cell, number, text } from '../../report/report.ts';
import { spread } from '../statistics.ts';
import { type Ladder, lastLoss, type Rung } from './ladder.ts';

/** Headings of the chart's panels. */
const KINDS = {
  mathematics: 'another start, loss or formula',
  rounding: 'the same mathematics, rounded otherwise',
} as const;

/** What each single change does: a table and a chart. */
export const effectBlocks = ({ bases, rungs }: Ladder): Block[] => [
  {
    kind: 'table',
    name: 'ladder',
    columns: [
      { key: 'change', title: 'the one change', align: 'left' },
      { key: 'seeds', title: 'seeds', align: 'right' },
      { key: 'loss', title: 'loss at the end', align: 'right' },
      { key: 'difference', title: '|Δ loss| at the end', align: 'right' },
      { key: 'onTheWay', title: 'largest |Δ loss| on the way', align: 'right' },
      { key: 'score', title: '|Δ dev accuracy|', align: 'right' },
      { key: 'params', title: 'largest |Δ parameter|', align: 'right' },
    ],
    rows: [
      [
        text('none: by hand, float64'),
        number(bases.length, 'count'),
        over(bases.map(lastLoss)),
        ...['loss', 'lossOnTheWay', 'score', 'params'].map(() => text('–')),
      ],
      ...rungs.map(row),
    ],
  },
  {
    kind: 'chart',
    name: 'custom-or-automatic-effects',
    alt: 'What each change does to the final training loss; the figures are in the table above.',
    spec: dotChart({
      title: 'What one change does to the final training loss',
      subtitle:
        '2-5-1, rate 0.2, 1,000 epochs; median over the seeds, lines from lowest to highest',
      axis: '|Δ training loss| at the last epoch',
      rows: rungs.map(({ change, effects }) => {
        const { low, median, high } = spread(effects.map(({ loss }) => loss));
        return { label: change.says, group: KINDS[change.kind], value: median, low, high };
      }),
    }),
  },
];

const row = ({ change, outcomes, effects }: Rung): Cell[] => [
  text(change.says),
  number(outcomes.length, 'count'),
  over(outcomes.map(lastLoss)),
  over(effects.map(({ loss }) => loss)),
  over(effects.map(({ lossOnTheWay }) => lossOnTheWay)),
  over(effects.map(({ score }) => score)),
  over(effects.map(({ params }) => params)),
];

/** The median, and in brackets the lowest and the highest; one number where all are one. */
function over(values: readonly number[]): Cell {
  const { low, median, high } = spread(values);
  return number(median, 'significant', low === high ? undefined : [low, high]);
}
