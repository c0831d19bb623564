import type { Dtype } from '../../numeric/dtype.ts';
import { resultRounding } from './black-box-tolerance.ts';
import { hasKink } from './kink-test.ts';
import { type OneSided, oneSided } from './one-sided.ts';

/** A derivative along a line: what it is said to be, and how closely that must be seen. */
export interface Asked {
  readonly claimed: number;
  /** What rounding may have done to it. */
  readonly tolerance: number;
  /** The relative error that must be seen. */
  readonly rtol: number;
  /** The relative error that passes. */
  readonly allowed: number;
  /** Below this an error counts relative to it. */
  readonly scale: number;
}

/** What the claim may be off by where this is the derivative, beside its bar. */
export const passing = ({ tolerance, allowed, scale }: Asked, derivative: number): number =>
  // Where no derivative was found nothing is relative to it.
  tolerance + (allowed * Math.max(Math.abs(derivative), scale) || 0);

/** What was seen there. */
export interface Seen {
  readonly verdict: 'agrees' | 'disagrees' | 'unresolved';
  readonly expected: number;
  readonly uncertainty: number;
  /** That of the blunter ladder, where it must be against a claim as well. */
  readonly bluntest?: number;
  readonly tolerance: number;
  /** Both one-sided derivatives, at a corner. */
  readonly sides: { readonly left: number; readonly right: number } | null;
}

/** f on the line at hand. */
export interface Surroundings {
  readonly value: number;
  readonly noise: number;
  readonly firstStep: number;
  readonly lower: number;
  readonly upper: number;
  readonly dtype: Dtype;
}

/** One-sided ladders start here; two must agree to accuse, as in `judgeDerivative`. */
const STARTS = [1, 13.7];

/**
 * At the edge of the domain, where no central step fits, the derivative is the one-sided one. Null
 * where there is room on both sides, or on neither.
 */
export function atEdge(
  f: (t: number) => number,
  at: number,
  asked: Asked,
  around: Surroundings,
): Seen | null {
  const [below, above] = [at - around.lower, around.upper - at];
  if (Math.min(below, above) > 0 || Math.max(below, above) === 0) return null;
  const both = ladders(f, at, above > 0 ? 1 : -1, around);
  return judged(both[0], both, agreeing(both), asked);
}

/**
 * Where two smooth pieces of f meet with one slope, as of t|t| or a squared hinge at 0, that is what both
 * sides show; central differences show it bluntly, their error having odd powers of the step there. Null
 * where the sides do not meet, or show no more.
 */
export function atSeam(
  f: (t: number) => number,
  at: number,
  asked: Asked,
  around: Surroundings,
): Seen | null {
  const sides = [ladders(f, at, -1, around), ladders(f, at, 1, around)] as const;
  const [left, right] = [sides[0][0], sides[1][0]];
  if (!agreeing([left, right])) return null;
  const apart = Math.abs(left.derivative - right.derivative);
  const between = {
    derivative: (left.derivative + right.derivative) / 2,
    uncertainty: Math.max(left.uncertainty, right.uncertainty) + apart / 2,
  };
  const seen = judged(between, [left, right], sides.every(agreeing), asked);
  return seen.verdict === 'unresolved' ? null : seen;
}

/** A claim beside the derivative seen; `ladders`, if they go together, may refute it. */
function judged(
  { derivative, uncertainty }: OneSided,
  ladders: readonly OneSided[],
  together: boolean,
  asked: Asked,
): Seen {
  const { claimed, rtol, allowed, scale } = asked;
  const size = Math.max(Math.abs(derivative), Math.abs(claimed));
  const tolerance = passing(asked, derivative);
  const off = (l: OneSided): boolean =>
    Math.abs(claimed - l.derivative) > l.uncertainty + passing(asked, l.derivative);
  const most = Math.max(rtol, allowed) * Math.max(size, scale);
  const sharp = Math.max(uncertainty, asked.tolerance) <= most;
  const refuted = together && ladders.every((l) => off(l) && l.uncertainty < size / 2);
  const right = sharp && !off({ derivative, uncertainty });
  const verdict = refuted ? 'disagrees' : right ? 'agrees' : 'unresolved';
  const bluntest = Math.max(...ladders.map((l) => l.uncertainty));
  return { verdict, expected: derivative, uncertainty, bluntest, tolerance, sides: null };
}

/** At a corner every value between both one-sided derivatives is right. Null where f is smooth. */
export function atKink(
  f: (t: number) => number,
  at: number,
  { claimed, rtol, allowed, scale }: Asked,
  around: Surroundings,
): Seen | null {
  // A ladder's bar is three times its noise over the step.
  const leastStep = (3 * around.noise) / (rtol * Math.max(Math.abs(claimed), scale));
  if (!hasKink(f, at, around, leastStep)) return null;
  const sides = [ladders(f, at, -1, around), ladders(f, at, 1, around)] as const;
  const [left, right] = [sides[0][0], sides[1][0]];
  const uncertainty = Math.max(left.uncertainty, right.uncertainty);
  const low = Math.min(left.derivative, right.derivative);
  const high = Math.max(left.derivative, right.derivative);
  const size = Math.max(Math.abs(low), Math.abs(high), Math.abs(claimed));
  // Neighbours of x may take the other branch: here the result's own rounding is what is left.
  const rounding = resultRounding(size, around.dtype);
  const expected = Math.min(Math.max(claimed, low), high);
  const tolerance = passing({ claimed, tolerance: rounding, rtol, allowed, scale }, expected);
  const inside = Math.abs(claimed - expected) <= uncertainty + tolerance;
  const sharp = uncertainty <= Math.max(rtol, allowed) * Math.max(size, scale);
  const sure = sides.every(agreeing) && sides.flat().every((l) => l.uncertainty < size / 2);
  return {
    verdict: inside && sharp ? 'agrees' : !inside && sure ? 'disagrees' : 'unresolved',
    expected,
    uncertainty,
    tolerance,
    sides: { left: left.derivative, right: right.derivative },
  };
}

/** Both ladders on one side, the sharper first. */
function ladders(
  f: (t: number) => number,
  at: number,
  side: 1 | -1,
  around: Surroundings,
): readonly [OneSided, OneSided] {
  const [a, b] = STARTS.map((divisor) =>
    oneSided(f, at, side, { ...around, firstStep: around.firstStep / divisor }),
  ) as [OneSided, OneSided]; // one for each start
  return a.uncertainty <= b.uncertainty ? [a, b] : [b, a];
}

const agreeing = ([a, b]: readonly [OneSided, OneSided]): boolean =>
  Math.abs(a.derivative - b.derivative) <= a.uncertainty + b.uncertainty;
