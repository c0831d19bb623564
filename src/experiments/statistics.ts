/** The middle value, or the mean of the two in the middle; NaN where one is NaN, or none is there. */
export function median(values: readonly number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Lowest, middle and highest value; all NaN where one is. */
export const spread = (values: readonly number[]): Spread => ({
  low: Math.min(...values),
  median: median(values),
  high: Math.max(...values),
});

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** How many values are not below the one before; NaN is below nothing. */
export const rises = (values: readonly number[]): number =>
  values.filter((value, i) => i > 0 && !(value < values[i - 1]!)).length;
