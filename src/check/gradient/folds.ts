import type { Random } from '../../numeric/random.ts';
import { gaussianDirection } from './direction.ts';
import type { OneSided } from './one-sided.ts';
import { dot } from './rms.ts';

/**
 * A corner that is a sum of folds, each along a hyperplane through x, as of ReLUs of one layer at 0:
 * f′(x; d) = linear·d + Σ ±|normal·d|. Its gradients lie in linear + Σ [−1, 1] normal.
 */
export interface Folds {
  readonly linear: Float64Array;
  readonly normals: readonly Float64Array[];
  /** A bound on the error, as a vector, of any sum of these. */
  readonly bar: number;
  /** Is f′(x; d) what they say? */
  readonly explain: (ray: Float64Array) => boolean;
}

/** f′(x; d) over the entries at hand. */
export type Slope = (ray: Float64Array) => OneSided;

/** The gradient of f in the cone around a ray, and a bound on the error of each entry. */
interface Spot {
  readonly ray: Float64Array;
  readonly gradient: Float64Array;
  readonly bar: number;
}

/** A ray is shaken by this share of itself to see its gradient, less where that leaves its cone. */
const SHAKES = [2 ** -4, 2 ** -7, 2 ** -10, 2 ** -14];
/** Just before and just behind a fold: by this share of the way. */
const BESIDE = 2 ** -10;
/** Ladders spent at most: beside so many entries each piece takes one more than there are. */
const MOST_SLOPES = 1000;
/** Random rays that the sum must explain. One hyperplane overlooked shows in each of them. */
const TRIED = 24;

/**
 * The folds at x, from half a circle of rays, which meets every hyperplane once; null where a sum of
 * folds does not explain f, as at a tie of three in a max, or where there are too many or a gradient is
 * not seen to within `rtol`.
 */
export function foldsOf(
  size: number,
  slope: Slope,
  rtol: number,
  random: Random,
  given: () => boolean = () => false,
): Folds | null {
  let slopes = 0;
  const spent = (more: number): boolean => slopes + more > MOST_SLOPES || given();
  let steepest = 0;
  const look = (ray: Float64Array): OneSided => {
    slopes++;
    const seen = slope(ray);
    steepest = Math.max(steepest, Math.abs(seen.derivative) || 0);
    return seen;
  };
  const everything = Array.from({ length: size }, (_, i) => i);
  const draw = (): Float64Array => gaussianDirection(size, everything, random);

  /** f's gradient in the cone around a ray, from one-sided derivatives at x itself, so f may curve. */
  function spotAt(ray: Float64Array, whole: OneSided): Spot | null {
    for (const shake of SHAKES) {
      // Too blunt to tell one piece from another, as where a corner lies beside x.
      const blunt = !(whole.uncertainty / shake <= rtol * steepest);
      if (blunt || spent(size)) return null;
      const found = everything.map((i) => {
        const shaken = ray.slice();
        // Away from 0, where sums of |x| have their folds.
        const by = ray[i]! < 0 ? -shake : shake;
        shaken[i]! += by;
        const beside = look(shaken);
        return {
          partial: (beside.derivative - whole.derivative) / by,
          bar: (beside.uncertainty + whole.uncertainty) / shake,
        };
      });
      const gradient = Float64Array.from(found, ({ partial }) => partial);
      const bar = Math.max(...found.map((p) => p.bar));
      // The slope along a ray is gradient·ray, unless a shake left the cone.
      if (Math.abs(dot(gradient, ray) - whole.derivative) <= bar) return { ray, gradient, bar };
    }
    return null;
  }

  const fits = ({ gradient, bar }: Spot, ray: Float64Array, seen: OneSided): boolean =>
    Math.abs(dot(gradient, ray) - seen.derivative) <= seen.uncertainty + bar;

  const jumps: {
    readonly jump: Float64Array;
    readonly after: Float64Array;
    readonly bar: number;
  }[] = [];

  /** All folds from one ray to another; whether they were found. */
  function foldsBetween(from: Spot, to: Spot): boolean {
    const jump = to.gradient.map((g, i) => g - from.gradient[i]!);
    if (jump.every((v) => Math.abs(v) <= from.bar + to.bar)) return true;
    // Where both gradients give the same slope the one fold is, if there is one.
    const [a, b] = [dot(jump, from.ray), dot(jump, to.ray)];
    const share = a / (a - b);
    const shares =
      share > 0 && share < 1 ? [share * (1 - BESIDE), share + (1 - share) * BESIDE] : [];
    const [before, behind] = shares.map((s) => between(from.ray, to.ray, s));
    let ray = between(from.ray, to.ray, 0.5);
    let whole: OneSided | null = null;
    if (before && behind) {
      const seen = [look(before), look(behind)] as const;
      const [near, far] = [fits(from, before, seen[0]), fits(to, behind, seen[1])];
      if (near && far) {
        jumps.push({ jump, after: to.ray, bar: from.bar + to.bar });
        return true;
      }
      [ray, whole] = near ? [behind, seen[1]] : [before, seen[0]];
    }
    whole ??= look(ray);
    if (spent(0)) return false;
    const known = [from, to].find((s) => fits(s, ray, whole));
    const middle = known ? { ...known, ray } : spotAt(ray, whole);
    return middle !== null && foldsBetween(from, middle) && foldsBetween(middle, to);
  }

  const start = draw();
  const spots: Spot[] = [];
  for (const ray of [start, draw(), start.map((v) => -v)]) {
    const spot = spotAt(ray, look(ray));
    if (!spot) return null;
    spots.push(spot);
  }
  const [first, second, last] = spots as [Spot, Spot, Spot]; // one for each ray
  if (!foldsBetween(first, second) || !foldsBetween(second, last)) return null;

  // Across its hyperplane a fold changes the gradient by twice its normal, up where f is convex.
  const linear = first.gradient.slice();
  const folds = jumps.map(({ jump, after }) => {
    linear.forEach((_, i) => {
      linear[i]! += jump[i]! / 2;
    });
    return { normal: jump.map((v) => v / 2), sign: Math.sign(dot(jump, after)) };
  });
  const bar = Math.sqrt(size) * jumps.reduce((sum, j) => sum + j.bar, first.bar);
  const explain = (ray: Float64Array): boolean => {
    const said = folds.reduce(
      (sum, { normal, sign }) => sum + sign * Math.abs(dot(normal, ray)),
      dot(linear, ray),
    );
    const { derivative, uncertainty } = slope(ray);
    return Math.abs(said - derivative) <= uncertainty + bar;
  };
  for (let k = 0; k < TRIED; k++) if (!explain(draw())) return null;
  return { linear, normals: folds.map(({ normal }) => normal), bar, explain };
}

/** The unit ray at this share of the way. */
function between(from: Float64Array, to: Float64Array, share: number): Float64Array {
  const ray = from.map((v, i) => (1 - share) * v + share * to[i]!);
  const length = Math.sqrt(dot(ray, ray));
  return ray.map((v) => v / length);
}
