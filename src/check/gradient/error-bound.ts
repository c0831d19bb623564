/** What random directions saw of one slot's error e. */
export interface SlotSight {
  /** Number of entries. */
  readonly size: number;
  /** Independent Gaussian unit directions. */
  readonly directions: number;
  /** The largest |e·d| that any of them leaves possible. */
  readonly threshold: number;
}

/**
 * A bound on ‖e‖ over all slots that holds with this confidence, if the error bars do. Along a random
 * unit direction P(|e·d| ≤ c‖e‖) ≤ c √(2N/π), so all m of a slot stay under τ by chance with
 * probability δ/S at most unless ‖e_s‖ ≤ √N τ √(2/π) (S/δ)^(1/m). `jointly` is S, the slots of all
 * points and cotangents for which the bound is to hold at once; `known` are bounds on single entries.
 */
export function errorBound(
  slots: readonly SlotSight[],
  known: readonly number[],
  confidence: number,
  jointly: number,
): number {
  const bounds = slots.map(
    ({ size, directions, threshold }) =>
      Math.sqrt((2 * size) / Math.PI) *
      threshold *
      (jointly / (1 - confidence)) ** (1 / directions),
  );
  return norm([...bounds, ...known]);
}

/** Scaled by the largest, so that no square under- or overflows. */
function norm(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0 || largest === Infinity) return largest;
  return largest * Math.sqrt(values.reduce((sum, v) => sum + (v / largest) ** 2, 0));
}
