import { type HeaderField, paragraph, type Report } from '../../src/report/report.ts';
import type { SpeedData } from './data.ts';
import { limitBlocks } from './limits.ts';
import { opening } from './opening.ts';
import { puzzleBlocks } from './puzzle.ts';
import { workloadBlocks } from './workload-table.ts';

export interface SpeedReportOptions {
  readonly quick: boolean;
  readonly header: readonly HeaderField[];
}

/** `speed.md` and `speed.json`. */
export const speedReport = (data: SpeedData, { quick, header }: SpeedReportOptions): Report => ({
  title: 'Speed',
  quick,
  header,
  blocks: [
    ...opening(data),
    paragraph(
      'A step is a forward pass with the loss, all gradients and the SGD update, in float64. Rows run ' +
        'by turns in short rounds; a time is the median over the rounds, a ratio the median of the ' +
        'ratios within each round, which is not quite the quotient of two medians, and in brackets stands ' +
        'the middle half. Each row starts from the ' +
        'same parameters; one whose loss after 10 steps differs from that of manual-fused is void. ' +
        'Finite differences are compared after 1 step, and may differ by as much as their own error ' +
        'bars explain.',
    ),
    ...data.workloads.flatMap((workload) => [
      ...workloadBlocks(workload),
      paragraph('Ratios are medians over rounds, not quotients of the times shown.'),
    ]),
    ...puzzleBlocks(data),
    ...limitBlocks(data),
  ],
});
