import { quantile } from '../timing/statistics.ts';
import type { EntryError, MethodErrors } from './errors.ts';

/** An entry and the problem it stands in. */
export interface Located extends EntryError {
  readonly problem: string;
}

/** One method over all the entries it was asked for. */
export interface ErrorSummary {
  readonly method: string;
  readonly entries: number;
  /** In ulps, over the entries whose exact value is not 0; NaN where there is none. */
  readonly median: number;
  readonly percentile99: number;
  readonly max: number;
  /** The entry with the most ulps; null where every exact value is 0. */
  readonly most: Located | null;
  /** The entry with the largest error beside its tolerance. */
  readonly worst: Located;
  /** The largest |got − exact|. */
  readonly largestError: number;
  /** Entries whose exact value is 0, and those of them that did not come out as 0. */
  readonly zeros: number;
  readonly missedZeros: number;
}

/** One summary a method, in the order in which the methods appear. Needs an entry a method. */
export function summariseErrors(all: readonly MethodErrors[]): ErrorSummary[] {
  const names = [...new Set(all.map(({ method }) => method))];
  return names.map((method) => {
    const entries = all
      .filter((errors) => errors.method === method)
      .flatMap(({ problem, entries }) => entries.map((entry) => ({ ...entry, problem })));
    const zeros = entries.filter(({ ulps }) => ulps === null);
    // A NaN stands for no distance at all: it counts as the largest.
    const ulps = entries.flatMap((e) => (e.ulps === null ? [] : [sortable(e.ulps)]));
    const at = (p: number): number => (ulps.length > 0 ? quantile(ulps, p) : Number.NaN);
    return {
      method,
      entries: entries.length,
      median: at(0.5),
      percentile99: at(0.99),
      max: ulps.length > 0 ? Math.max(...ulps) : Number.NaN,
      most: ulps.length > 0 ? largest(entries, (e) => e.ulps ?? -1) : null,
      worst: largest(entries, (e) => e.normalised),
      largestError: largest(entries, (e) => e.error).error,
      zeros: zeros.length,
      missedZeros: zeros.filter(({ error }) => error !== 0).length,
    };
  });
}

const sortable = (x: number): number => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);

const largest = (entries: readonly Located[], by: (entry: Located) => number): Located =>
  entries.reduce((a, b) => (sortable(by(b)) > sortable(by(a)) ? b : a));
