import { dot } from './rms.ts';

/** The point of the convex hull of `points` nearest to the origin. At least one point. */
export const minNormPoint = (points: readonly Float64Array[]): Float64Array =>
  nearestToOrigin(
    points[indexOfLeast(points, (p) => dot(p, p))]!,
    (normal) => points[indexOfLeast(points, (p) => dot(p, normal))]!,
  );

/** The point of centre + Σ [−1, 1] · arm nearest to the origin. */
export function minNormOfZonotope(
  centre: Float64Array,
  arms: readonly Float64Array[],
): Float64Array {
  const vertexAlong = (normal: Float64Array): Float64Array => {
    const vertex = centre.slice();
    for (const arm of arms) {
      const sign = dot(arm, normal) > 0 ? -1 : 1;
      arm.forEach((v, i) => {
        vertex[i]! += sign * v;
      });
    }
    return vertex;
  };
  return nearestToOrigin(vertexAlong(centre), vertexAlong);
}

/** Each step adds a vertex of a new face; there are finitely many, in practice a few. */
const MOST_STEPS = 1000;

/**
 * The point nearest to the origin of a polytope, known by a vertex and by its vertex of least product
 * with a normal (Wolfe 1976, "Finding the nearest point in a polytope"): exact but for rounding.
 */
function nearestToOrigin(
  vertex: Float64Array,
  vertexAlong: (normal: Float64Array) => Float64Array,
): Float64Array {
  let active = [vertex];
  let weights: number[] = [1];
  let nearest = vertex;
  let size = Number.MIN_VALUE;
  for (let step = 0; step < MOST_STEPS; step++) {
    const candidate = vertexAlong(nearest);
    size = Math.max(size, dot(nearest, nearest), dot(candidate, candidate));
    const gain = dot(nearest, nearest) - dot(candidate, nearest);
    const known = active.some((p) => p.every((v, i) => v === candidate[i]));
    if (gain <= 16 * Number.EPSILON * size || known) break;
    active = [...active, candidate];
    weights = [...weights, 0];
    for (;;) {
      const affine = affineWeights(active);
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
    nearest = combine(active, weights);
  }
  return nearest;
}

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
