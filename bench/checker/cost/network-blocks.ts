import { formatNumber } from '../../../src/report/format.ts';
import {
  type Block,
  type Cell,
  heading,
  none,
  number,
  paragraph,
  ratio,
  text,
  verdict,
} from '../../../src/report/report.ts';
import { median, type Summary } from '../../timing/statistics.ts';
import type { Recorded, RecordedCost } from '../detection/recorded.ts';
import type { Bars } from './error-bars.ts';
import type { NetworkCost } from './networks.ts';

/** Every entry of whole networks: the time, the limits, PyTorch's gradcheck, the error bars. */
export function networkBlocks(
  costs: readonly NetworkCost[],
  bars: readonly Bars[],
  { torch, cpu, cores, costs: recorded }: Recorded,
  live: readonly RecordedCost[],
): Block[] {
  return [
    heading(3, 'Every entry of a network'),
    paragraph(
      `\`checkModel\` on the hand-derived gradients of W5 (64-64-64-64-1 tanh) and W4 (784-256-128-10 ReLU) on one core: the first call of a process, whose code is not compiled yet, in the median of several processes, and the CPU time of all its threads; then the median of warm calls. The networks take turns. Beside it \`torch.autograd.gradcheck\`, in seconds of the one core it runs on: ${recordedSentence(recorded, { torch, cpu, cores })}, and now where python3 has torch (W4 takes it minutes: \`node dist/bench/checker/detection/record.js\`). The two do not do the same: \`checkModel\` knows the layers and differences each with what lies above it, gradcheck takes any function and calls the whole of it twice an entry. “Shifts” are the evaluations: one unit of all samples is shifted, and what lies above it computed again.`,
    ),
    {
      kind: 'table',
      name: 'cost-networks',
      columns: [
        { key: 'network', title: 'network', align: 'left' },
        { key: 'entries', title: 'entries', align: 'right' },
        { key: 'shifts', title: 'shifts', align: 'right' },
        { key: 'limit', title: 'limit', align: 'right' },
        { key: 'warm', title: 'warm', align: 'right' },
        { key: 'verdict', title: '', align: 'left' },
        { key: 'first', title: 'first call of a process', align: 'right' },
        { key: 'firstVerdict', title: '', align: 'left' },
        { key: 'firstCpu', title: 'its CPU time', align: 'right' },
        { key: 'agrees', title: 'the gradient', align: 'left' },
        { key: 'torchCalls', title: 'gradcheck: calls of f', align: 'right' },
        { key: 'torch', title: 'recorded', align: 'right' },
        { key: 'torchNow', title: 'now', align: 'right' },
        { key: 'ratio', title: 'gradcheck, recorded ÷ warm', align: 'right' },
      ],
      rows: costs.map((cost) => {
        const theirs = recorded.find((r) => r.workload === cost.workload);
        const now = live.find((r) => r.workload === cost.workload);
        return [
          text(nameOf(cost)),
          number(cost.entries, 'count'),
          number(cost.evaluations, 'count'),
          number(cost.limit, 'duration'),
          duration(cost.seconds),
          limit(isMet(cost)),
          duration(cost.first.wall),
          limit(cost.first.wall.median < cost.limit),
          duration(cost.first.cpu),
          agreement(cost.agrees),
          theirs ? number(theirs.calls, 'count') : none('not recorded'),
          theirs ? number(median(theirs.seconds), 'duration') : none('not recorded'),
          now ? number(median(now.seconds), 'duration') : none('not run'),
          theirs ? ratio(median(theirs.seconds) / cost.seconds.median) : none(''),
        ];
      }),
    },
    paragraph(
      'The error bars, entry by entry: how far the differences lie from another reference. The tape’s gradients carry rounding of their own, which is allowed for; the exact ones, known to 30 digits, none.',
    ),
    {
      kind: 'table',
      name: 'cost-bars',
      columns: [
        { key: 'network', title: 'network', align: 'left' },
        { key: 'reference', title: 'reference', align: 'left' },
        { key: 'entries', title: 'entries', align: 'right' },
        { key: 'outside', title: 'outside their bar', align: 'right' },
        { key: 'verdict', title: '', align: 'left' },
        { key: 'worst', title: 'largest error ÷ bar', align: 'right' },
        { key: 'widest', title: 'widest bar ÷ largest entry', align: 'right' },
      ],
      rows: bars.map((b) => [
        text(nameOf(b)),
        text(b.reference),
        number(b.entries, 'count'),
        number(b.outside, 'count'),
        b.outside === 0 ? verdict('hold', 'good') : verdict('do not hold', 'bad'),
        number(b.worst, 'significant'),
        number(b.widest, 'scientific'),
      ]),
    },
  ];
}

/** Whether the warm median is under the limit. */
export const isMet = ({ seconds, limit }: NetworkCost): boolean => seconds.median < limit;

/** `W5 (12,545 entries): 91.0 ms, limit 150 ms: kept; first call of a process 250 ms`. */
export const networkSentence = (cost: NetworkCost): string =>
  `${nameOf(cost)}, ${formatNumber(cost.entries, 'count')} entries: ` +
  `${formatNumber(cost.seconds.median, 'duration')} warm, limit ` +
  `${formatNumber(cost.limit, 'duration')}: ${isMet(cost) ? 'kept' : 'missed'}; first call of a process ` +
  formatNumber(cost.first.wall.median, 'duration') +
  (cost.agrees ? '' : '; its right gradient is not found to agree');

/** `recorded with torch 2.13.0 on a CPU of 2 cores, W5 in 3 runs (1.7 s to 1.8 s, at a load of 0.1 before), …`. */
function recordedSentence(
  costs: readonly RecordedCost[],
  { torch, cpu, cores }: Pick<Recorded, 'torch' | 'cpu' | 'cores'>,
): string {
  const runs = costs.map(({ workload, seconds, load }) => {
    const [low, high] = [Math.min(...seconds), Math.max(...seconds)];
    const span = [...new Set([low, high])].map((s) => formatNumber(s, 'duration')).join(' to ');
    const often = seconds.length === 1 ? 'one run' : `${seconds.length} runs`;
    return `${workload} in ${often} (${span}, at a load of ${load} before)`;
  });
  return `recorded with torch ${torch.version} on ${cpu} with ${cores} cores, ${runs.join(', ')}`;
}

const duration = ({ median, low, high }: Summary): Cell => number(median, 'duration', [low, high]);

const limit = (met: boolean): Cell => (met ? verdict('met', 'good') : verdict('missed', 'bad'));

const agreement = (agrees: boolean): Cell =>
  agrees ? verdict('agrees', 'good') : verdict('does not agree', 'bad');

/** `error bars: 0 of 260,236 entries outside`. */
export function barSentence(bars: readonly Bars[]): string {
  const sum = (of: (b: Bars) => number): string =>
    formatNumber(
      bars.reduce((total, b) => total + of(b), 0),
      'count',
    );
  return `error bars: ${sum((b) => b.outside)} of ${sum((b) => b.entries)} entries lie outside theirs`;
}

const nameOf = ({ workload, rows }: { readonly workload: string; readonly rows: number }): string =>
  `${workload}, ${rows} ${rows === 1 ? 'row' : 'rows'}`;
