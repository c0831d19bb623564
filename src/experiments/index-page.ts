import {
  type Block,
  type Cell,
  type HeaderField,
  heading,
  paragraph,
  type Report,
  text,
  verdict,
} from '../report/report.ts';
import type { Experiment, ExperimentResult } from './experiment.ts';
import { isInside, type StatedFigure, statedTable } from './stated-figure.ts';

/** An experiment that ran, with what it found. */
export interface IndexEntry {
  readonly about: Omit<Experiment, 'run'>;
  readonly result: ExperimentResult;
}

/** `reports/experiments/README.md`: every experiment with its outcome, and the way to its page. */
export function indexPage(
  entries: readonly IndexEntry[],
  { seed, header }: { readonly seed: number; readonly header: readonly HeaderField[] },
): Report {
  return {
    title: 'The experiments of the source material',
    quick: false,
    header,
    blocks: [
      paragraph(
        'The source material is a course chapter with experiments, after 邱锡鹏, 神经网络与深度学习, 2020 ([nndl.github.io](https://nndl.github.io/)). ' +
          'Each of them is rebuilt here, with gradients derived by hand and automatic ones. ' +
          'A page says of each figure where it lies among those of other seeds, and the range stated for it. ' +
          'All pages are written by `npx backproof experiment run --all`, one by `npx backproof experiment run NAME`.',
      ),
      overview(entries),
      heading(2, `What came out, for seed ${seed}`),
      {
        kind: 'list',
        items: entries.map(({ about, result }) =>
          [link(about.title, about), ...result.headline].join('<br>'),
        ),
      },
      ...outsideBlocks(entries, seed),
    ],
  };
}

const link = (content: string, { name }: IndexEntry['about']): string => `[${content}](${name}.md)`;

const overview = (entries: readonly IndexEntry[]): Block => ({
  kind: 'table',
  name: 'experiments',
  columns: [
    { key: 'experiment', title: 'experiment', align: 'left' },
    { key: 'section', title: 'section', align: 'left' },
    { key: 'shows', title: 'what it shows', align: 'left' },
    { key: 'figures', title: 'figures in their ranges', align: 'left' },
  ],
  rows: entries.map(({ about, result }) => [
    text(link(about.name, about)),
    text(about.section),
    text(about.shows),
    figuresCell(result.stated),
  ]),
});

function figuresCell(stated: readonly StatedFigure[]): Cell {
  const inside = stated.filter(isInside).length;
  return inside === stated.length
    ? verdict(`all ${stated.length}`, 'good')
    : verdict(`${inside} of ${stated.length}`, 'bad');
}

/** Nothing where all figures are inside. */
function outsideBlocks(entries: readonly IndexEntry[], seed: number): Block[] {
  const found = entries.flatMap(({ about, result }): Block[] => {
    const outside = result.stated.filter((figure) => !isInside(figure));
    return outside.length === 0
      ? []
      : [heading(3, link(about.title, about)), statedTable(outside, seed)];
  });
  return found.length === 0 ? [] : [heading(2, 'Figures outside their ranges'), ...found];
}
