import { formatNumber } from '../../../src/report/format.ts';
import {
  type Block,
  type Cell,
  heading,
  none,
  number,
  paragraph,
  ratio,
  verdict,
} from '../../../src/report/report.ts';
import { type LogRow, logChart } from '../log-chart.ts';
import { ERROR, type Growth, type Measured } from './growth.ts';

/** Calls of f and time against the number of entries. */
export const growthBlocks = (growths: readonly Growth[]): Block[] => [
  heading(3, 'A black box of N entries'),
  paragraph(
    `\`checkGradient\` on Σ xᵢ xᵢ₊₁ / (1 + xᵢ²), a function so cheap that what the check adds shows: full mode differences every entry, fast mode three random directions, and where the gradient is wrong (one entry, by ${ERROR}) searches for the entry. torch slow is the re-implemented gradcheck, 2N calls; calls are of f, those of the gradient beside them. Every N in interleaved rounds; times are medians, with the middle half of the rounds where there were several.`,
  ),
  {
    kind: 'chart',
    name: 'checker-cost',
    alt: 'Calls of f against the number of entries, both logarithmic, for each mode; the figures are in the table below.',
    spec: logChart({
      title: 'Calls of f a check',
      subtitle: 'One scalar function of N entries, one slot',
      xAxis: 'entries N',
      yAxis: 'calls of f',
      yScale: 'log',
      legend: 'check',
      panels: [{ rows: chartRows(growths) }],
    }),
  },
  {
    kind: 'table',
    name: 'cost-growth',
    columns: [
      { key: 'entries', title: 'N', align: 'right' },
      { key: 'plain', title: 'f alone', align: 'right' },
      { key: 'fullCalls', title: 'full: calls', align: 'right' },
      { key: 'fullGradients', title: 'of the gradient', align: 'right' },
      { key: 'full', title: 'time', align: 'right' },
      { key: 'fastCalls', title: 'fast: calls', align: 'right' },
      { key: 'fastGradients', title: 'of the gradient', align: 'right' },
      { key: 'fast', title: 'time', align: 'right' },
      { key: 'overhead', title: 'fast: time ÷ its calls of f alone', align: 'right' },
      { key: 'wrongCalls', title: 'fast, one wrong: calls', align: 'right' },
      { key: 'wrongGradients', title: 'of the gradient', align: 'right' },
      { key: 'wrong', title: 'time', align: 'right' },
      { key: 'named', title: 'the entry', align: 'left' },
      { key: 'agrees', title: 'the right gradient', align: 'left' },
      { key: 'torchCalls', title: 'torch slow: calls', align: 'right' },
      { key: 'torch', title: 'time', align: 'right' },
    ],
    rows: growths.map((g) => [
      number(g.size, 'count'),
      duration(g.plain),
      ...cellsOf(g.full),
      ...cellsOf(g.fast),
      ratio(g.fast.seconds.median / (g.fast.calls * g.plain.median)),
      ...cellsOf(g.wrong),
      g.named ? verdict('named', 'good') : verdict('not named', 'bad'),
      g.agrees ? verdict('agrees', 'good') : verdict('does not agree', 'bad'),
      number(2 * g.size, 'count'),
      g.torch ? duration(g.torch.seconds) : none('not run'),
    ]),
  },
];

/** `fast mode takes 121 to 131 calls of f from 10 to 1,000,000 entries, …`. */
export function growthSentence(growths: readonly Growth[]): string {
  const [first, last] = [growths[0]!, growths.at(-1)!];
  const span = (calls: (g: Growth) => number): string => {
    const all = growths.map(calls);
    return `${shown(Math.min(...all))} to ${shown(Math.max(...all))}`;
  };
  return (
    `fast mode takes ${span((g) => g.fast.calls)} calls of f from ${shown(first.size)} to ` +
    `${shown(last.size)} entries, and ${span((g) => g.wrong.calls)} to name one wrong entry` +
    unlike(growths)
  );
}

/** What else may go wrong; nothing where it did not. */
function unlike(growths: readonly Growth[]): string {
  const sizes = (of: readonly Growth[]): string => of.map((g) => shown(g.size)).join(', ');
  const [doubted, unnamed] = [growths.filter((g) => !g.agrees), growths.filter((g) => !g.named)];
  return (
    (doubted.length > 0 ? `; the right gradient does not agree at ${sizes(doubted)} entries` : '') +
    (unnamed.length > 0 ? `; the entry is not named at ${sizes(unnamed)}` : '')
  );
}

const shown = (n: number): string => formatNumber(n, 'count');

const duration = ({ median, low, high }: Measured['seconds']): Cell =>
  number(median, 'duration', low < high ? [low, high] : undefined);

const cellsOf = (measured: Measured | null): Cell[] =>
  measured
    ? [
        number(measured.calls, 'count'),
        number(measured.gradients, 'count'),
        duration(measured.seconds),
      ]
    : [none('not run'), none(''), none('')];

function chartRows(growths: readonly Growth[]): LogRow[] {
  const line = (series: string, calls: (g: Growth) => number | undefined): LogRow[] =>
    growths.flatMap((g) => {
      const y = calls(g);
      return y === undefined ? [] : [{ series, x: g.size, y }];
    });
  return [
    ...line('full', (g) => g.full?.calls),
    ...line('fast', (g) => g.fast.calls),
    ...line('fast, one wrong entry', (g) => g.wrong.calls),
    ...line('torch slow', (g) => 2 * g.size),
  ];
}
