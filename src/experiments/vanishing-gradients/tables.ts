import { type Block, type Column, none, number, text } from '../../report/report.ts';
import { factorOf } from '../backward-decades.ts';
import { LAYERS, type PerLayer, starts } from '../five-layer.ts';
import type { VanishingFigures } from './figures.ts';
import { type Case, caseOf, HIDDEN, names, STARTS } from './measure.ts';

const layerColumns = (prefix = ''): Column[] =>
  LAYERS.map((layer) => ({
    key: `${prefix}${layer}`,
    title: `${prefix}layer ${layer}`,
    align: 'right',
  }));

/** Medians over the seeds, first epoch. */
export const normsTable = ({ cases }: VanishingFigures): Block => {
  const row = (start: string, what: string, norms: PerLayer | null) => [
    text(start),
    text(what),
    ...LAYERS.map((_, i) => (norms ? number(norms[i]!, 'significant') : none('not recorded'))),
  ];
  return {
    kind: 'table',
    name: 'norms',
    columns: [
      { key: 'start', title: 'start', align: 'left' },
      { key: 'what', title: 'L2 norm of', align: 'left' },
      ...layerColumns(),
    ],
    rows: STARTS.flatMap((start) => [
      ...HIDDEN.flatMap((hidden) => [
        row(starts[start].title, `${names[hidden]}: gradient`, cases[start][hidden].median),
        row(
          starts[start].title,
          `${names[hidden]}: gradient in PyTorch`,
          cases[start][hidden].torch?.median ?? null,
        ),
      ]),
      row(starts[start].title, 'the weights themselves', cases[start].sigmoid.weights),
    ]),
  };
};

/** Powers of ten from the last layer to the first, by cause. */
export const decadesTable = ({ seeds, cases }: VanishingFigures): Block => ({
  kind: 'table',
  name: 'decades',
  columns: [
    { key: 'start', title: 'start', align: 'left' },
    { key: 'hidden', title: 'activation', align: 'left' },
    { key: 'slopes', title: 'through the slopes', align: 'right' },
    { key: 'weights', title: 'through the weights', align: 'right' },
    { key: 'inputs', title: 'through the inputs', align: 'right' },
    { key: 'all', title: 'in all', align: 'right' },
    { key: 'factor', title: 'factor a layer', align: 'right' },
    { key: 'seeds', title: 'seeds', align: 'right' },
  ],
  rows: STARTS.flatMap((start) =>
    HIDDEN.map((hidden) => {
      const { decades, seedsWithZero } = cases[start][hidden];
      return [
        text(starts[start].title),
        text(names[hidden]),
        ...(['slopes', 'weights', 'inputs', 'all'] as const).map((part) =>
          number(decades[part], 'significant'),
        ),
        number(factorOf(decades.all / (LAYERS.length - 1)), 'significant'),
        number(seeds - seedsWithZero, 'count'),
      ];
    }),
  ),
});

/** Every epoch of the page's seed, as the material prints them. */
export const epochsTable = (cases: readonly Case[]): Block => {
  const [sigmoid, relu] = HIDDEN.map((hidden) => caseOf(cases, 'small', hidden).own.grads);
  return {
    kind: 'table',
    name: 'epochs',
    columns: [
      { key: 'epoch', title: 'epoch', align: 'right' },
      ...layerColumns('sigmoid '),
      ...layerColumns('ReLU '),
    ],
    rows: sigmoid!.map((norms, epoch) => [
      number(epoch + 1, 'count'),
      ...[...norms, ...relu![epoch]!].map((norm) => number(norm, 'scientific')),
    ]),
  };
};
