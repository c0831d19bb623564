import { formatNumber, type NumberFormat } from '../report/format.ts';
import { type Block, type Cell, none, number, text, verdict } from '../report/report.ts';

/** A figure of a page, and the range in which the page says that it lies. */
export interface StatedFigure {
  readonly what: string;
  /** Of the page's own seed, or of all seeds together. */
  readonly value: number;
  /** The same figure for each seed of the context; none where the value is of all together. */
  readonly seeds?: readonly number[];
  /** Both ends included. NaN lies in no range. */
  readonly stated: readonly [low: number, high: number];
  /** `significant` unless said. */
  readonly format?: NumberFormat;
}

export const isInside = ({ value, stated: [low, high] }: StatedFigure): boolean =>
  value >= low && value <= high;

/** Where every figure lies: the page's seed, the seeds' range, what was stated. */
export const statedTable = (figures: readonly StatedFigure[], seed: number): Block => ({
  kind: 'table',
  name: 'stated',
  columns: [
    { key: 'what', title: 'figure', align: 'left' },
    { key: 'value', title: `seed ${seed}`, align: 'right' },
    { key: 'low', title: 'lowest seed', align: 'right' },
    { key: 'median', title: 'median', align: 'right' },
    { key: 'high', title: 'highest seed', align: 'right' },
    { key: 'stated', title: 'stated', align: 'right' },
    { key: 'verdict', title: '', align: 'left' },
  ],
  rows: figures.map((figure) => {
    const { what, value, seeds, format = 'significant' } = figure;
    const over = (f: (values: readonly number[]) => number): Cell =>
      seeds ? number(f(seeds), format) : none('');
    return [
      text(what),
      number(value, format),
      over((values) => Math.min(...values)),
      over(median),
      over((values) => Math.max(...values)),
      text(rangeText(figure)),
      isInside(figure) ? verdict('inside', 'good') : verdict('outside', 'bad'),
    ];
  }),
});

function rangeText({ stated: [low, high], format = 'significant' }: StatedFigure): string {
  if (low === high) return formatNumber(low, format);
  if (high === Number.POSITIVE_INFINITY) return `≥ ${formatNumber(low, format)}`;
  if (low === Number.NEGATIVE_INFINITY) return `≤ ${formatNumber(high, format)}`;
  return `${formatNumber(low, format)} – ${formatNumber(high, format)}`;
}

/** The middle value, or the mean of the two in the middle; NaN where one is NaN, or none is there. */
export function median(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
