import type { Verdict } from '../check/verdict.ts';
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
import { type Along, agreeingShare } from './alongside.ts';
import type { Experiment, ExperimentContext } from './experiment.ts';
import { type StatedFigure, statedTable } from './stated-figure.ts';

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
        `This page is written by \`npx backproof experiment run ${name}\`.`,
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
            'Each figure of this page beside the same figure for other seeds, and the range stated for it; outside that range the command exits with 1.',
          ),
          statedTable(stated, seed),
        ]),
  ],
});

/** That every comparison by hand against the tape agrees. */
export const agreementFigure = (alongs: readonly Along[]): StatedFigure => ({
  what: 'share of gradient comparisons, by hand against automatic, that agree',
  value: agreeingShare(alongs),
  stated: [1, 1],
});

function byHandAndTape(along: PageParts['along']): Block[] {
  return [
    heading(2, 'By hand and automatically'),
    paragraph(
      'Along each training by hand, a tape of textbook operations, one a symbol of the formula, computed the gradient at the same parameters every 50 epochs and at the last. Differences are given as shares of what rounding alone allows.',
    ),
    {
      kind: 'table',
      name: 'along',
      columns: [
        { key: 'training', title: 'training', align: 'left' },
        { key: 'compared', title: 'compared', align: 'right' },
        { key: 'worst', title: 'largest difference ÷ allowed', align: 'right' },
        { key: 'verdict', title: '', align: 'left' },
      ],
      rows: along.map(({ training, along: { compared, worst, verdicts } }) => [
        text(training),
        number(compared, 'count'),
        number(worst, 'significant'),
        outcome(compared, verdicts),
      ]),
    },
  ];
}

/** Rounding may hide too much to judge, where a training has settled: then nothing speaks against it. */
function outcome(compared: number, verdicts: Along['verdicts']): Cell {
  const count = (name: Verdict): number => verdicts.get(name) ?? 0;
  if (count('agrees') === compared) return verdict('agree', 'good');
  const all = [...verdicts].map(([name, n]) => `${n} ${name}`).join(', ');
  return verdict(all, count('agrees') + count('unresolved') === compared ? 'open' : 'bad');
}
