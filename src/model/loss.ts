import type { Arithmetic } from '../numeric/arithmetic.ts';

export type LossKind = 'bce' | 'bce_with_logits' | 'cross_entropy' | 'mse';

export interface LossSpec {
  readonly kind: LossKind;
  /** `mean` divides by rows × outputs (by rows for cross_entropy), as PyTorch does. */
  readonly reduction: 'mean' | 'sum';
}

/** What a target is: a value an output, or one class index a row. */
export type TargetKind = 'values' | 'classes';

/** The one definition of a loss: one sample's outputs and targets to its share of the sum. */
export interface LossDefinition {
  readonly targets: TargetKind;
  /** The values a target may take, for error messages and validation; null: any finite number. */
  readonly range: readonly [number, number] | null;
  /** `targets` has one value an output; a class index arrives as its one-hot row. */
  define<T>(a: Arithmetic<T>, outputs: readonly T[], targets: readonly T[]): T;
}

/** What the sum over samples is divided by. */
export function lossDivisor(
  spec: LossSpec,
  targets: TargetKind,
  rows: number,
  outputs: number,
): number {
  if (spec.reduction === 'sum') return 1;
  return targets === 'classes' ? rows : rows * outputs;
}

/** Σ, from the left; for the definitions. */
export const total = <T>(a: Arithmetic<T>, terms: readonly T[]): T =>
  terms.reduce((left, right) => a.add(left, right));
