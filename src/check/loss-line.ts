import type { Noisy, Rounding } from './noisy.ts';

/** How one sample's loss and its derivative carry rounding errors, before the reduction. */
export interface LossLine {
  /**
   * Fills `into` (one row) with ∂loss/∂outputs and its variance; returns the loss and its variance.
   * `targets`: one value an output, a class index as its one-hot row.
   */
  sample(
    rounding: Rounding,
    outputs: Noisy,
    targets: readonly number[],
    into: Noisy,
  ): { readonly value: number; readonly variance: number };
}
