import { type Block, number, paragraph, ratio, text } from '../../report/report.ts';
import { SPEED_ROWS, type Speed, type SpeedRow, type WorkloadSpeed } from './speed.ts';

const LINK = '[reports/speed.md](../speed.md)';

const SAYS: { readonly [R in SpeedRow]: string } = {
  'manual-fused': 'by hand, fused operations',
  'manual-textbook': 'by hand, textbook operations',
  'matrix-class': 'by hand, a textbook Matrix class',
  'tape-fused': 'automatic, fused operations',
  'tape-textbook': 'automatic, textbook operations',
  'replay-fused': 'automatic, recorded once, fused',
  'replay-textbook': 'automatic, recorded once, textbook',
};

/** Time a step by engine and granularity, quoted from the committed report. */
export function speedBlocks(speed: Speed | null): Block[] {
  if (!speed) {
    return [
      paragraph(
        `No speed was recorded: experiments never time anything. \`npm run bench\` writes ${LINK} and its JSON; run this experiment again after it.`,
      ),
    ];
  }
  const { workloads, batches } = speed;
  return [
    paragraph(
      `Quoted from ${LINK}, which says how it was measured. W1 and W2 are the material’s networks, W3 its five-layer one, W4 is 784-256-128-10 on digits, W5 64-64-64-64-1. ` +
        'Fused: one operation a layer and pass. Textbook: one operation a symbol of the formula.',
    ),
    {
      kind: 'table',
      name: 'speed',
      columns: [
        { key: 'row', title: 'time a step, to by hand fused', align: 'left' },
        { key: 'W1Step', title: 'W1, a step', align: 'right' },
        ...workloads.map(({ workload }) => ({
          key: workload,
          title: `${workload}, ratio`,
          align: 'right' as const,
        })),
      ],
      rows: SPEED_ROWS.map((row) => [
        text(SAYS[row]),
        number(workloads[0]!.steps[row], 'duration'),
        ...workloads.map(({ ratios }) => ratio(ratios[row])),
      ]),
    },
    paragraph(
      'W1 on other batches: what the tape adds for each operation weighs less the more there is to do.',
    ),
    {
      kind: 'table',
      name: 'batches',
      columns: [
        { key: 'rows', title: 'samples', align: 'right' },
        { key: 'tape', title: 'automatic, fused, to by hand fused', align: 'right' },
        { key: 'textbook', title: 'by hand, textbook, to by hand fused', align: 'right' },
      ],
      rows: batches.map(({ rows, tape, textbook }) => [
        number(rows, 'count'),
        ratio(tape),
        ratio(textbook),
      ]),
    },
  ];
}

/** What recording costs: the tape written anew at each step over the same tape replayed, fused. */
export const recordingCost = ({ ratios }: WorkloadSpeed): number =>
  ratios['tape-fused'] / ratios['replay-fused'];

/** The material's comparison: formulas by hand, a symbol each, over an automatic engine's fused operations. */
export const puzzleRatio = ({ ratios }: WorkloadSpeed): number =>
  ratios['manual-textbook'] / ratios['tape-fused'];

/** As the author may have written it, in arrays or loops of his own. */
export const matrixClassRatio = ({ ratios }: WorkloadSpeed): number =>
  ratios['matrix-class'] / ratios['tape-fused'];
