import type { Params } from '../params/params.ts';

/** The best model so far. */
export interface Best {
  /** After whose update, counted from 0. */
  readonly epoch: number;
  readonly score: number;
  readonly loss: number;
  readonly params: Params;
}

/** More score, or as much with less loss; a score of NaN is never better, any loss is better than NaN. */
export function isBetter(
  found: { readonly score: number; readonly loss: number },
  best: { readonly score: number; readonly loss: number } | null,
): boolean {
  const old = best ?? { score: Number.NEGATIVE_INFINITY, loss: Number.NaN };
  if (found.score !== old.score) return found.score > old.score;
  return found.loss < old.loss || (Number.isNaN(old.loss) && !Number.isNaN(found.loss));
}
