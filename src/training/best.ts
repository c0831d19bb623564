import type { Params } from '../params/params.ts';

/** The best model so far. */
export interface Best {
  /** After whose update, counted from 0. */
  readonly epoch: number;
  /** Finite, as the loss is. */
  readonly score: number;
  readonly loss: number;
  readonly params: Params;
}

/**
 * More score, or as much with less loss. A model whose score or loss is not finite is never better, not
 * even than none: a training that diverges must not replace what it found before, nor be saved.
 */
export function isBetter(
  found: { readonly score: number; readonly loss: number },
  best: { readonly score: number; readonly loss: number } | null,
): boolean {
  if (!(Number.isFinite(found.score) && Number.isFinite(found.loss))) return false;
  if (best === null) return true;
  return found.score === best.score ? found.loss < best.loss : found.score > best.score;
}
