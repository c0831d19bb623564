import { random } from '../../../src/numeric/random.ts';
import { computing } from './arithmetic.ts';
import type { CaseSpec } from './case-spec.ts';
import { alongEntry, slopesOf } from './differences.ts';
import { functionOf } from './functions.ts';

/** Digits that a piece's gradient is told to. */
const DIGITS = 20;
/** Rays looked along, and as many borders between two of them. */
const RAYS = 2000;
/** Pieces told: the tip of a cone has any number. */
const MOST = 64;
/** The step, in doubles, at which a ray's slope is looked at. */
const GLANCE = 1e-7;
/** Slopes that differ by less than this share are taken for those of one piece. */
const SAME = 1e-4;
/** Halvings towards a border: to a millionth of the way. */
const HALVINGS = 20;

/** The gradient f has around a ray. */
interface Piece {
  readonly told: readonly string[];
  readonly gradient: readonly number[];
}

/**
 * The gradients of the pieces of f that meet at x, by their digits. Each was found by a ray into it, at
 * random or just beyond the first border on the way to the ray before: a piece may be a sliver.
 */
export function piecesOf(
  spec: CaseSpec,
  cotangent: readonly number[],
  scales: readonly number[],
): readonly (readonly string[])[] {
  const { at, parameters } = spec;
  const f = (x: readonly number[]): number =>
    functionOf(spec)
      .value(computing.float64, parameters, x)
      .reduce((sum, v, k) => sum + v * cotangent[k]!, 0);
  const value = f(at);

  const fits = ({ gradient }: Piece, ray: readonly number[]): boolean => {
    const slope = (f(at.map((v, i) => v + GLANCE * ray[i]!)) - value) / GLANCE;
    const terms = gradient.map((g, i) => g * ray[i]!);
    const own = terms.reduce((sum, v) => sum + v);
    return Math.abs(own - slope) <= SAME * Math.hypot(slope, ...terms);
  };
  const pieces = new Map<string, Piece>();
  const pieceAlong = (ray: readonly number[]): Piece => {
    const known = [...pieces.values()].find((piece) => fits(piece, ray));
    if (known) return known;
    const piece = measured(spec, cotangent, scales, ray);
    pieces.set(piece.gradient.map((g) => g.toPrecision(12)).join(), piece);
    return piece;
  };

  const source = random(0);
  let last: readonly number[] | null = null;
  for (let k = 0; k < RAYS && pieces.size < MOST; k++) {
    const ray = scales.map((s) => s * source.normal());
    const own = pieceAlong(ray);
    if (last && pieces.size < MOST && !fits(own, last))
      pieceAlong(beyondBorder(ray, last, (r) => fits(own, r)));
    last = ray;
  }
  return [...pieces.values()].map(({ told }) => told);
}

/** On the way from a ray inside to one outside, the first that is not inside. */
function beyondBorder(
  from: readonly number[],
  to: readonly number[],
  inside: (ray: readonly number[]) => boolean,
): readonly number[] {
  let [near, far] = [from, to];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = near.map((v, i) => (v + far[i]!) / 2);
    if (inside(middle)) near = middle;
    else far = middle;
  }
  return far;
}

function measured(
  spec: CaseSpec,
  cotangent: readonly number[],
  scales: readonly number[],
  ray: readonly number[],
): Piece {
  const slopes = slopesOf(spec, cotangent, DIGITS, ray);
  const found = scales.map((_, i) => slopes(alongEntry(i, scales)).right);
  const largest = found.map((g) => g.abs()).reduce((a, b) => (b.gt(a) ? b : a));
  // Measured beside x, what is 0 at x may be as small as the distance.
  const floor = largest.times(`1e-${DIGITS + 5}`);
  const told = found.map((g) =>
    g.abs().lt(floor) ? '0' : g.toSignificantDigits(DIGITS).toString(),
  );
  return { told, gradient: told.map(Number) };
}
