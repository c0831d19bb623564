import { formatNumber } from '../../src/report/format.ts';
import {
  type Block,
  type Column,
  heading,
  none,
  number,
  paragraph,
  text,
} from '../../src/report/report.ts';
import { ratioCell, stepCell } from './cells.ts';
import { puzzleChart } from './chart.ts';
import { lineOf, quotientOf, ratioOf, type SpeedData, type WorkloadSpeed } from './data.ts';
import { type VariantName, variants } from './variants.ts';

const RATIOS =
  'Each ratio is the median of the ratios within each round, not the quotient of two median times.';

/** Why hand-written gradients can lose to automatic ones: engine and granularity, one at a time. */
export const puzzleBlocks = (data: SpeedData): Block[] => [
  heading(2, "The material's puzzle"),
  paragraph(
    'The material expects gradients written by hand to be faster than automatic ones, and measured ' +
      'the opposite. Its two programs differ in two things at once, which are varied here one at a ' +
      'time, over the same kernels: the **engine** (manual; a tape written anew at each step; a tape ' +
      'recorded once and replayed) and the **granularity** (textbook: one kernel a symbol of the ' +
      'formula; fused: one a layer and pass). Time a step, as ratios to manual-fused:',
  ),
  granularityTable(data),
  paragraph(RATIOS),
  puzzleChart(data),
  {
    kind: 'list',
    items: [
      `**Engine alone.** With the same fused formulas the eager tape takes ${onEach(data, (w) => ratioOf(w, 'tape-fused'))} ` +
        `the time of manual, and the replayed tape ${onEach(data, (w) => ratioOf(w, 'replay-fused'))}.`,
      `**Granularity alone.** By hand, textbook formulas take ${onEach(data, (w) => ratioOf(w, 'manual-textbook'))} ` +
        'the time of fused ones.',
      '**Both at once, as in the material.** Textbook formulas by hand take ' +
        `${onEach(data, (w) => quotientOf(w, 'manual-textbook', 'tape-fused'))} the time of the fused eager tape.`,
      `**Why.** A step's work is cut into kernel calls, and each call is a pass over memory of its ` +
        `own. How many there are depends on the granularity far more than on the engine: ${callsText(data)}.`,
    ],
  },
  callsTable(data),
  ...batchSizeBlocks(data),
];

function granularityTable({ workloads }: SpeedData): Block {
  return {
    kind: 'table',
    name: 'engineGranularity',
    columns: [
      { key: 'workload', title: '', align: 'left' },
      ...variants.map(({ name, engine, granularity }): Column => {
        return { key: name, title: `${engine}, ${granularity}`, align: 'right' };
      }),
    ],
    rows: workloads.map((workload) => [
      text(workload.id),
      ...variants.map(({ name }) => ratioCell(lineOf(workload, name))),
    ]),
  };
}

function callsTable({ workloads }: SpeedData): Block {
  return {
    kind: 'table',
    name: 'kernelCalls',
    columns: [
      { key: 'row', title: '', align: 'left' },
      ...workloads.flatMap(({ id }): Column[] => [
        { key: `${id}Calls`, title: `${id}, kernel calls`, align: 'right' },
        { key: `${id}Step`, title: 'a step', align: 'right' },
      ]),
    ],
    rows: variants.map(({ name }) => [
      text(name),
      ...workloads.flatMap((workload) => {
        const calls = workload.calls.get(name);
        return [
          calls === undefined ? none('not counted') : number(calls, 'count'),
          stepCell(lineOf(workload, name)),
        ];
      }),
    ]),
  };
}

/** `1.52× (W1), 1.10× (W4)`. */
function onEach({ workloads }: SpeedData, f: (workload: WorkloadSpeed) => number | null): string {
  const figures = workloads.map((workload) => {
    const ratio = f(workload);
    return `${ratio === null ? 'void' : formatNumber(ratio, 'ratio')} (${workload.id})`;
  });
  return figures.join(', ');
}

/** Of the first workload: the others' are in the table. */
function callsText({ workloads }: SpeedData): string {
  const [first] = workloads;
  const shown: VariantName[] = ['manual-fused', 'tape-fused', 'manual-textbook', 'tape-textbook'];
  const counts = shown.map((name) => `${first?.calls.get(name)} in ${name}`);
  return `on ${first?.id} a step makes ${counts.join(', ')}`;
}

/** What the expectation comes to: the tape's cost beyond manual, a step, from the shown figures. */
function tapeText({ batchSizes }: SpeedData): string {
  const costs = batchSizes.map((size) => {
    const manual = lineOf(size, 'manual-fused');
    const ratio = ratioOf(size, 'tape-fused');
    const seconds = manual?.kind === 'timed' ? manual.timing.seconds.median : null;
    const cost = ratio === null || seconds === null ? 'void' : signed((ratio - 1) * seconds);
    return `${cost} (${formatNumber(size.rows, 'count')})`;
  });
  return `Measured, the tape adds ${costs.join(', ')} a step; where its ratio is next to 1 that is mostly scatter.`;
}

const signed = (seconds: number): string =>
  `${seconds < 0 ? '−' : ''}${formatNumber(Math.abs(seconds), 'duration')}`;

function batchSizeBlocks(data: SpeedData): Block[] {
  const { batchSizes } = data;
  if (batchSizes.length === 0) return [];
  return [
    heading(3, 'Batch size'),
    paragraph(
      "W1's network on other batches. With one sample a kernel call has next to no arithmetic in it, " +
        'with 64,000 next to nothing else. What a tape adds, a record for each operation, should not grow ' +
        'with the batch, and what textbook granularity adds, a pass over memory for each symbol, should: ' +
        'the first ratio is then expected to fall to 1 from row to row, the second is not.',
    ),
    {
      kind: 'table',
      name: 'batchSizes',
      columns: [
        { key: 'rows', title: 'samples', align: 'right' },
        { key: 'manualFused', title: 'manual-fused, a step', align: 'right' },
        { key: 'tapeFused', title: 'tape-fused', align: 'right' },
        { key: 'manualTextbook', title: 'manual-textbook', align: 'right' },
        { key: 'puzzle', title: 'manual-textbook ÷ tape-fused', align: 'right' },
      ],
      rows: batchSizes.map((size) => {
        const puzzle = quotientOf(size, 'manual-textbook', 'tape-fused');
        return [
          number(size.rows, 'count'),
          stepCell(lineOf(size, 'manual-fused')),
          ratioCell(lineOf(size, 'tape-fused'), true),
          ratioCell(lineOf(size, 'manual-textbook'), true),
          puzzle === null ? none('void') : number(puzzle, 'ratio'),
        ];
      }),
    },
    paragraph(`${tapeText(data)} ${RATIOS} The last column divides two of them.`),
  ];
}
