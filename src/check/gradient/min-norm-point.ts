/**
 * The point of the convex hull of `points` nearest to the origin (Wolfe 1976, "Finding the nearest
 * point in a polytope"): exact but for rounding, in finitely many steps. At least one point.
 */
export function minNormPoint(points: readonly Float64Array[]): Float64Array {
  const size = Math.max(...points.map((p) => dot(p, p)), Number.MIN_VALUE);
  let active: number[] = [indexOfLeast(points, (p) => dot(p, p))];
  let weights: number[] = [1];
  let nearest = points[active[0]!]!;
  // Each step adds a vertex of a new face; there are finitely many, in practice a few.
  for (let step = 0; step < 4 * points.length + 16; step++) {
    const candidate = indexOfLeast(points, (p) => dot(p, nearest));
    const gain = dot(nearest, nearest) - dot(points[candidate]!, nearest);
    if (gain <= 16 * Number.EPSILON * size || active.includes(candidate)) break;
    active = [...active, candidate];
    weights = [...weights, 0];
    for (;;) {
      const affine = affineWeights(active.map((i) => points[i]!));
      if (!affine) return nearest;
      if (affine.every((w) => w > 0)) {
        weights = affine;
        break;
      }
      // Walk towards the affine minimum until a weight is 0, and leave that vertex.
      let share = 1;
      affine.forEach((w, k) => {
        if (w <= 0) share = Math.min(share, weights[k]! / (weights[k]! - w));
      });
      const walked = weights.map((w, k) => w + share * (affine[k]! - w));
      const leaving = indexOfLeast(
        walked.map((w, k) => (affine[k]! <= 0 ? w : Infinity)),
        (w) => w,
      );
      active = active.filter((_, k) => k !== leaving);
      weights = walked.filter((_, k) => k !== leaving);
    }
    nearest = combine(
      active.map((i) => points[i]!),
      weights,
    );
  }
  return nearest;
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, v, i) => sum + v * b[i]!, 0);

function indexOfLeast<T>(items: readonly T[], value: (item: T) => number): number {
  let least = 0;
  items.forEach((item, i) => {
    if (value(item) < value(items[least]!)) least = i;
  });
  return least;
}

const combine = (points: readonly Float64Array[], weights: readonly number[]): Float64Array =>
  points[0]!.map((_, j) => points.reduce((sum, p, k) => sum + weights[k]! * p[j]!, 0));

/** Weights, adding up to 1, of the point of their affine hull nearest to 0; null if dependent. */
function affineWeights(points: readonly Float64Array[]): number[] | null {
  const scale = Math.max(...points.map((p) => dot(p, p)), Number.MIN_VALUE);
  // (11ᵀ + PPᵀ) v = 1, then w = v / Σv: one system instead of one with a multiplier.
  const rows = points.map((p) => [...points.map((q) => 1 + dot(p, q) / scale), 1]);
  const v = solve(rows);
  const sum = v?.reduce((a, b) => a + b, 0) ?? 0;
  return v && sum !== 0 ? v.map((w) => w / sum) : null;
}

/** Gauss with pivots on rows [A | b]; null where A is singular to rounding. */
function solve(rows: number[][]): number[] | null {
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) {
      if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    }
    if (Math.abs(rows[pivot]![c]!) <= n * Number.EPSILON) return null;
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]! / rows[c]![c]!;
      for (let k = c; k <= n; k++) rows[r]![k]! -= factor * rows[c]![k]!;
    }
  }
  return rows.map((row, r) => row[n]! / row[r]!);
}
