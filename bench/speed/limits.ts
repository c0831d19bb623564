import { formatNumber } from '../../src/report/format.ts';
import {
  type Block,
  type Cell,
  heading,
  none,
  number,
  paragraph,
  text,
  verdict,
} from '../../src/report/report.ts';
import { ratioCell } from './cells.ts';
import type { ContenderName } from './contenders.ts';
import { lineOf, ratioOf, type SpeedData } from './data.ts';

/** A bound on one contender's ratio to manual-fused. */
interface Limit {
  readonly what: string;
  readonly name: ContenderName;
  readonly bound: number;
  readonly side: 'at least' | 'at most';
}

const LIMITS: readonly Limit[] = [
  { what: 'textbook Matrix class', name: 'matrix-class', bound: 2, side: 'at least' },
  { what: 'eager tape, fused', name: 'tape-fused', bound: 1.15, side: 'at most' },
  { what: 'replayed tape, fused', name: 'replay-fused', bound: 1.05, side: 'at most' },
];

/** Seconds for all symbolic builds together, without loading mathjs. */
const BUILD_LIMIT = 1;

/** Where the measured ratios stand beside the limits the project has set itself. */
export function limitBlocks(data: SpeedData): Block[] {
  const { workloads } = data;
  return [
    heading(2, 'Limits'),
    paragraph(
      'Ratios to manual-fused that the project has set itself, and what was measured: medians of the ' +
        'ratios within each round. Where rounding hides that a limit is missed, the verdict shows more digits.',
    ),
    {
      kind: 'table',
      name: 'limits',
      columns: [
        { key: 'what', title: 'row', align: 'left' },
        { key: 'limit', title: 'limit', align: 'left' },
        ...workloads.map(({ id }) => ({ key: id, title: id, align: 'right' as const })),
        { key: 'verdict', title: '', align: 'left' },
      ],
      rows: LIMITS.map((limit) => [
        text(limit.what),
        text(`${limit.side} ${formatNumber(limit.bound, 'ratio')}`),
        ...workloads.map((workload) => ratioCell(lineOf(workload, limit.name))),
        verdictOf(limit, data),
      ]),
    },
    ...buildBlocks(data),
  ];
}

/** Limits that a workload misses, one plain sentence each. */
export const shortfalls = (data: SpeedData): string[] =>
  LIMITS.flatMap((limit) =>
    missed(limit, data).map(
      ({ id, ratio }) =>
        `${id}: ${limit.what} ${shown(ratio, limit)}, limit ${limit.side} ` +
        formatNumber(limit.bound, 'ratio'),
    ),
  );

/** A ratio with as many digits as it takes to tell it from its limit. */
const shown = (ratio: number, { bound }: Limit): string =>
  formatNumber(ratio, 'ratio') === formatNumber(bound, 'ratio')
    ? `${digitsApart(ratio, bound)}×`
    : formatNumber(ratio, 'ratio');

/** The fewest digits, above the usual three, with which a value does not read as the bound. */
function digitsApart(value: number, bound: number): string {
  const lengths = Array.from({ length: 13 }, (_, i) => i + 4);
  const written = lengths.map((digits) => value.toPrecision(digits));
  return written.find((text) => Number(text) !== bound) ?? String(value);
}

function missed({ name, bound, side }: Limit, data: SpeedData): { id: string; ratio: number }[] {
  return data.workloads.flatMap((workload) => {
    const ratio = ratioOf(workload, name);
    if (ratio === null || (side === 'at least' ? ratio >= bound : ratio <= bound)) return [];
    return [{ id: workload.id, ratio }];
  });
}

function verdictOf(limit: Limit, data: SpeedData): Cell {
  const short = missed(limit, data).map(({ id, ratio }) => {
    const digits = shown(ratio, limit);
    return digits === formatNumber(ratio, 'ratio') ? id : `${id} (${digits})`;
  });
  return short.length === 0
    ? verdict('met', 'good')
    : verdict(`falls short on ${short.join(', ')}`, 'bad');
}

/** What symbolic differentiation costs before its first step. */
function buildBlocks({ workloads, importSeconds }: SpeedData): Block[] {
  const built = workloads.flatMap(({ id, measured }) =>
    measured.flatMap(({ buildSeconds }) =>
      buildSeconds === undefined ? [] : [{ id, seconds: buildSeconds }],
    ),
  );
  if (built.length === 0 || importSeconds === null) return [];
  const total = built.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    heading(3, 'Building the symbolic derivative'),
    paragraph(
      'Paid once, before the first step: mathjs differentiates the whole network, and the result ' +
        'becomes straight-line code.',
    ),
    {
      kind: 'table',
      name: 'build',
      columns: [
        { key: 'what', title: '', align: 'left' },
        { key: 'seconds', title: 'once', align: 'right' },
        { key: 'limit', title: 'limit', align: 'right' },
        { key: 'verdict', title: '', align: 'left' },
      ],
      rows: [
        [text('loading mathjs'), number(importSeconds, 'duration'), none(''), none('')],
        ...built.map(({ id, seconds }) => [
          text(id),
          number(seconds, 'duration'),
          none(''),
          none(''),
        ]),
        [
          text('all builds'),
          number(total, 'duration'),
          number(BUILD_LIMIT, 'duration'),
          total <= BUILD_LIMIT
            ? verdict('met', 'good')
            : verdict(`falls short: ${digitsApart(total, BUILD_LIMIT)} s`, 'bad'),
        ],
      ],
    },
  ];
}
