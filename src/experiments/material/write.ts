import { formatNumber } from '../../report/format.ts';

/** Three digits, with a minus sign that is one. */
export const sig = (value: number): string => formatNumber(value, 'significant').replace(/^-/, '−');

export const count = (value: number): string => formatNumber(value, 'count');

/** `0.0123, 12.3`. */
export const list = (values: readonly number[]): string => values.map(sig).join(', ');

/** A share as a percentage, one decimal, without its sign: languages set that apart differently. */
export const percent = (share: number): string => (100 * share).toFixed(1);

/** Lowest and highest. */
export function range(
  values: readonly number[],
  write: (value: number) => string,
): { readonly low: string; readonly high: string } {
  return { low: write(Math.min(...values)), high: write(Math.max(...values)) };
}
