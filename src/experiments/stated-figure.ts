import { formatNumber, type NumberFormat } from '../report/format.ts';
import { type Block, type Cell, none, number, text, verdict } from '../report/report.ts';
import { median } from './statistics.ts';

/** A figure of a page, and the range in which the page says that it lies. */
export interface StatedFigure {
  readonly what: string;
  /** Of the page's own seed, or of all seeds together where `over` says so. */
  readonly value: number;
  /** `own seed` unless said. A page of another seed has the same figures over all seeds. */
  readonly over?: 'own seed' | 'all seeds';
  /** The same figure of each seed of the context, where each has one. */
  readonly seeds?: readonly number[];
  /**
   * Both ends included. NaN lies in no range. Of one number: the figure is exact, and must be that
   * of every seed; a range is that of the page's own, and the seeds beside it are for comparison.
   */
  readonly stated: readonly [low: number, high: number];
  /** `significant` unless said. */
  readonly format?: NumberFormat;
}

/** The values that are held to the range and lie outside it, the figure's own first. */
export function strays({ value, seeds = [], stated: [low, high] }: StatedFigure): number[] {
  const held = low === high ? [value, ...seeds] : [value];
  return held.filter((v) => !(v >= low && v <= high));
}

export const isInside = (figure: StatedFigure): boolean => strays(figure).length === 0;

/** Where every figure lies: the page's seed, the seeds' range, what was stated. */
export const statedTable = (figures: readonly StatedFigure[], seed: number): Block => ({
  kind: 'table',
  name: 'stated',
  columns: [
    { key: 'what', title: 'figure', align: 'left' },
    { key: 'value', title: 'value', align: 'right' },
    { key: 'over', title: 'of', align: 'left' },
    { key: 'low', title: 'lowest seed', align: 'right' },
    { key: 'median', title: 'median', align: 'right' },
    { key: 'high', title: 'highest seed', align: 'right' },
    { key: 'stated', title: 'stated', align: 'right' },
    { key: 'verdict', title: '', align: 'left' },
  ],
  rows: figures.map((figure) => {
    const { what, value, over = 'own seed', seeds, format = 'significant' } = figure;
    const ofSeeds = (f: (values: readonly number[]) => number): Cell =>
      seeds ? number(f(seeds), format) : none('');
    return [
      text(what),
      number(value, format),
      text(over === 'own seed' ? `seed ${seed}` : over),
      ofSeeds((values) => Math.min(...values)),
      ofSeeds(median),
      ofSeeds((values) => Math.max(...values)),
      text(rangeText(figure.stated, (end) => formatNumber(end, format))),
      isInside(figure) ? verdict('inside', 'good') : verdict('outside', 'bad'),
    ];
  }),
});

/** `0.24 – 0.29`, `≥ 1`, `≤ 0`, or the one value; the ends as `write` writes them. */
export function rangeText(
  [low, high]: StatedFigure['stated'],
  write: (end: number) => string,
): string {
  if (low === high) return write(low);
  if (high === Number.POSITIVE_INFINITY) return `≥ ${write(low)}`;
  if (low === Number.NEGATIVE_INFINITY) return `≤ ${write(high)}`;
  return `${write(low)} – ${write(high)}`;
}
