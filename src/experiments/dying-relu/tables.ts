import { type Block, type Column, none, number, text } from '../../report/report.ts';
import { LAYERS, starts } from '../five-layer.ts';
import { CASES } from './cases.ts';
import type { DyingFigures } from './figures.ts';

const caseColumns: readonly Column[] = [
  { key: 'start', title: 'start', align: 'left' },
  { key: 'activation', title: 'activation', align: 'left' },
  ...LAYERS.map((layer): Column => ({ key: `${layer}`, title: `layer ${layer}`, align: 'right' })),
];

/** First epoch, medians over the seeds, and what the gradient loses on its way back. */
export const gradientsTable = ({ cases }: DyingFigures): Block => ({
  kind: 'table',
  name: 'gradients',
  columns: [
    ...caseColumns,
    { key: 'pytorch', title: 'layer 1 in PyTorch', align: 'right' },
    { key: 'slopes', title: 'powers of ten through the slopes', align: 'right' },
    { key: 'weights', title: 'through the weights', align: 'right' },
  ],
  // The first epoch in float32 shows the same digits.
  rows: CASES.filter(({ dtype }) => dtype === 'float64').map(({ name, title, start }) => {
    const { median, decades, torch } = cases[name];
    return [
      text(starts[start].title),
      text(title),
      ...median.map((norm) => number(norm, 'significant')),
      torch ? number(torch.median[0]!, 'significant') : none('not recorded'),
      ...[decades.slopes, decades.weights].map((part) =>
        Number.isNaN(part) ? none('all is 0') : number(part, 'significant'),
      ),
    ];
  }),
});

/** What 1,000 epochs do, for the page's seed. */
export const movesTable = ({ cases, hiddenParameters }: DyingFigures): Block => ({
  kind: 'table',
  name: 'moves',
  columns: [
    ...caseColumns,
    { key: 'changed', title: `hidden parameters changed, of ${hiddenParameters}`, align: 'right' },
    { key: 'outputBias', title: 'output bias at the end', align: 'right' },
    { key: 'first', title: 'loss, first epoch', align: 'right' },
    { key: 'last', title: 'last epoch', align: 'right' },
    { key: 'score', title: 'score', align: 'right' },
  ],
  rows: CASES.flatMap(({ name, title, start }) => {
    const { training } = cases[name];
    if (!training) return [];
    const { moves, changed, outputBias, loss, score } = training;
    return [
      [
        text(starts[start].title),
        text(title),
        ...moves.map((move) => number(move, 'significant')),
        number(changed, 'count'),
        number(outputBias.last, 'significant'),
        number(loss.first, 'significant'),
        number(loss.last, 'significant'),
        number(score, 'significant'),
      ],
    ];
  }),
});
