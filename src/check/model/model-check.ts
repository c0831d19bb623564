import type { CheckResult, EntryFinding } from '../gradient/check-result.ts';
import type { EntryVerdict } from './entry-verdicts.ts';

/** A layer with parameters, and the worst of its entries. */
export interface LayerCheck {
  readonly layer: string;
  readonly verdict: EntryVerdict;
  readonly worst: EntryFinding;
}

/** What a check of a whole network found, every entry of its gradient. */
export interface ModelCheck extends CheckResult {
  /** From the first layer to the last; empty where the method gave nothing to hold. */
  readonly layers: readonly LayerCheck[];
  /**
   * The first layer, from the loss backwards, whose gradient is wrong: the mistake is in its own
   * formulas or in what hands δ down to it.
   */
  readonly firstWrongLayer: string | null;
  /** What decides a verdict against the method; loss and outputs come first. */
  readonly failed: 'loss' | 'outputs' | 'gradients' | null;
  /** Typical mistakes that give this very gradient, by name; several where they coincide. */
  readonly mistakes: readonly string[];
}
