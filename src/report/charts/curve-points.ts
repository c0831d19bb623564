import type { Side } from './log-axis.ts';

/** x is finite; y may be any number. */
export type Point = readonly [x: number, y: number];

/** Most points a curve is drawn with, but for those not finite: more than a pixel each, and a small file. */
const MOST_POINTS = 250;
/** The first and the last apart, each stretch keeps two: its lowest and its highest. */
const STRETCHES = (MOST_POINTS - 2) / 2;

/**
 * At most 250 points: the first, the last, and of each stretch between the lowest and the highest, so
 * that what swings shows how far; every k-th would show a slower swing that is not there. A stretch
 * with a point that is not finite keeps the first such besides.
 */
export function thin(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const last = points.length - 1;
  const kept = new Set([0, last]);
  const start = (stretch: number): number => 1 + Math.floor((stretch * (last - 1)) / STRETCHES);
  for (let s = 0; s < STRETCHES; s++) {
    for (const i of extremes(points, start(s), start(s + 1))) kept.add(i);
  }
  return points.filter((_, i) => kept.has(i));
}

function extremes(points: readonly Point[], from: number, to: number): number[] {
  let [lowest, highest, wild] = [-1, -1, -1];
  for (let i = from; i < to; i++) {
    const y = points[i]![1];
    if (!Number.isFinite(y)) {
      if (wild < 0) wild = i;
      continue;
    }
    if (lowest < 0 || y < points[lowest]![1]) lowest = i;
    if (highest < 0 || y > points[highest]![1]) highest = i;
  }
  return [lowest, highest, wild].filter((i) => i >= 0);
}

/** A point as it is drawn; a null between two breaks the line. */
export interface Drawn {
  readonly x: number;
  readonly y: number | null;
  /** Stands where the axis has no such value, as 0 on a logarithmic one: an open symbol. */
  readonly open?: true;
}

/** What of an axis decides how a curve is drawn; null: it has no place for the value. */
export interface Places {
  readonly place: (value: number) => number | null;
  readonly side: (value: number) => Side;
}

/**
 * The curve thinned and placed. It breaks where it leaves the scale: a slope down to where 0 is drawn
 * would say something about the way there. Beside the scale `isEach` point is marked, or the ends of
 * each run.
 */
export function drawn(points: readonly Point[], { place, side }: Places, isEach: boolean): Drawn[] {
  const kept = thin(points);
  const sides = kept.map(([, y]) => side(y));
  return kept.flatMap(([x, y], i): Drawn[] => {
    const isEnd = sides[i - 1] !== sides[i] || sides[i + 1] !== sides[i];
    const at: Drawn = { x, y: place(y) };
    const isBroken = i > 0 && sides[i - 1] !== sides[i];
    return [
      ...(isBroken ? [{ x, y: null }] : []),
      sides[i] !== 'scale' && (isEach || isEnd) ? { ...at, open: true } : at,
    ];
  });
}
