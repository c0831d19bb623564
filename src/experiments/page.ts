import {
  type Block,
  type Cell,
  heading,
  number,
  paragraph,
  type Report,
  text,
  verdict,
} from '../report/report.ts';
import { type Along, failures, settled } from './alongside.ts';
import type { Experiment, ExperimentContext } from './experiment.ts';
import { type StatedFigure, statedTable } from './stated-figure.ts';
import { sum } from './statistics.ts';

/** What an experiment's page is made of; inline markdown throughout. */
export interface PageParts {
  /** What the material does and claims, paraphrased. */
  readonly what: string;
  /** Network, data, rates, epochs, seeds. */
  readonly how: string;
  /** Tables and charts. */
  readonly body: readonly Block[];
  /** What a reader should take from them, a sentence or two an item. */
  readonly see: readonly string[];
  /** The trainings of which gradients were compared along the way. */
  readonly along: readonly { readonly training: string; readonly along: Along }[];
  readonly stated: readonly StatedFigure[];
}

/** Every page has the same parts in the same order. */
export const page = (
  { name, title, section }: Omit<Experiment, 'run'>,
  { header, seed }: ExperimentContext,
  { what, how, body, see, along, stated }: PageParts,
): Report => ({
  title,
  quick: false,
  header,
  blocks: [
    paragraph(
      `Section ${section} of the material; after 邱锡鹏, 神经网络与深度学习, 2020 ([nndl.github.io](https://nndl.github.io/)). ` +
        `This page is written by \`npx backproof experiment run ${name}${seed === 0 ? '' : ` --seed ${seed}`}\`.`,
    ),
    heading(2, 'What the material does'),
    paragraph(what),
    heading(2, 'How it is done here'),
    paragraph(how),
    heading(2, 'What happens'),
    ...body,
    heading(2, 'What to see'),
    { kind: 'list', items: see },
    ...(along.length === 0 ? [] : byHandAndTape(along)),
    ...(stated.length === 0
      ? []
      : [
          heading(2, 'Where the figures lie'),
          paragraph(
            'Each figure of this page beside the same figure for other seeds, and the range stated for it; outside that range the command exits with 1. A range of one number is exact, and holds for every seed shown.',
          ),
          statedTable(stated, seed),
        ]),
  ],
});

/**
 * That no comparison by hand against the tape fails. Where a training settles its gradients cancel
 * down to rounding, which leaves nothing to judge by: those comparisons are counted in the page's
 * table, and what they differ by must be allowed all the same. NaN where nothing was compared.
 */
export function alongFigures(alongs: readonly Along[]): StatedFigure[] {
  const compared = sum(alongs.map((along) => along.compared));
  return [
    {
      what: 'comparisons of gradients, by hand against automatic, that fail',
      value: compared === 0 ? Number.NaN : sum(alongs.map(failures)),
      stated: [0, 0],
      format: 'count',
    },
    {
      what: 'largest difference of a gradient entry, by hand against automatic, ÷ what rounding allows',
      value: compared === 0 ? Number.NaN : Math.max(...alongs.map(({ worst }) => worst)),
      stated: [0, 1],
    },
  ];
}

function byHandAndTape(along: PageParts['along']): Block[] {
  return [
    heading(2, 'By hand and automatically'),
    paragraph(
      'Along each training by hand, a tape of textbook operations, one a symbol of the formula, computed the gradient at the same parameters every 50 epochs and at the last. Differences are given as shares of what rounding alone allows. ' +
        'Unresolved is where so much of a gradient cancels that rounding leaves too little to judge by: that is no agreement, and no disagreement.',
    ),
    {
      kind: 'table',
      name: 'along',
      columns: [
        { key: 'training', title: 'training', align: 'left' },
        { key: 'compared', title: 'compared', align: 'right' },
        { key: 'agree', title: 'agree', align: 'right' },
        { key: 'unresolved', title: 'unresolved', align: 'right' },
        { key: 'worst', title: 'largest difference ÷ allowed', align: 'right' },
        { key: 'verdict', title: '', align: 'left' },
      ],
      rows: along.map(({ training, along: of }) => [
        text(training),
        number(of.compared, 'count'),
        number(settled(of).agree, 'count'),
        number(settled(of).unresolved, 'count'),
        number(of.worst, 'significant'),
        outcome(of),
      ]),
    },
  ];
}

function outcome(along: Along): Cell {
  const failed = failures(along);
  if (failed > 0) return verdict(`${failed} fail`, 'bad');
  return settled(along).unresolved === 0
    ? verdict('agree', 'good')
    : verdict('as far as can be told', 'open');
}
