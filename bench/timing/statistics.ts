/** Middle and spread of repeated measurements. */
export interface Summary {
  readonly median: number;
  /** First and third quartile: the middle half lies between. */
  readonly low: number;
  readonly high: number;
  /** Median absolute deviation from the median. */
  readonly mad: number;
}

/** Throws on an empty sample. */
export function summarise(sample: readonly number[]): Summary {
  return {
    median: median(sample),
    low: quantile(sample, 0.25),
    high: quantile(sample, 0.75),
    mad: mad(sample),
  };
}

export const median = (sample: readonly number[]): number => quantile(sample, 0.5);

/** median |xᵢ − median x|. */
export function mad(sample: readonly number[]): number {
  const middle = median(sample);
  return median(sample.map((x) => Math.abs(x - middle)));
}

/**
 * The value below which a share `p` of the sample lies, linear between neighbours
 * (Hyndman & Fan 1996, type 7, the default of R and NumPy).
 */
export function quantile(sample: readonly number[], p: number): number {
  if (sample.length === 0) throw new RangeError('quantile: got an empty sample');
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * Each row's time over the reference's, round by round: what slows a whole round down (a busy
 * neighbour, a hot CPU) cancels. Rounds that either sat out are NaN and are left out.
 */
export function roundRatios(times: readonly number[], reference: readonly number[]): number[] {
  return times.map((time, round) => time / reference[round]!).filter((x) => !Number.isNaN(x));
}
