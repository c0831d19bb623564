import { FIRST_STEP } from '../derivative-verdict.ts';
import type { Site } from './site.ts';

/** ⟨ȳ, f⟩ on a line through x, each point evaluated once for all cotangents. */
export interface Line {
  /** The function of one claim, of the line's own parameter; NaN outside the domain. */
  along(claim: number): (t: number) => number;
  /** x on the line. */
  readonly at: number;
  /** The domain of f on the line. */
  readonly lower: number;
  readonly upper: number;
  /** What steps are measured against. */
  readonly scale: number;
}

/** The first step of a ladder on this line. */
export const firstStepOn = (line: Line): number => FIRST_STEP * line.scale;

/** x with entry i replaced: the parameter is that entry itself, so that its rounding is known. */
export function entryLine(site: Site, i: number): Line {
  const { x, subject, probe } = site;
  const round = subject.dtype === 'float32' ? Math.fround : (v: number): number => v;
  const lower = subject.lower?.[i] ?? -Infinity;
  const upper = subject.upper?.[i] ?? Infinity;
  const evaluate = (t: number): Float64Array => {
    const moved = x.slice();
    moved[i] = round(t);
    return probe(moved);
  };
  return {
    along: cached(evaluate, lower, upper),
    at: x[i]!,
    lower,
    upper,
    scale: Math.max(1, Math.abs(x[i]!)),
  };
}

/** x + t d, from t = 0. d is 0 where it must not leave the domain on either side. */
export function directionLine(site: Site, direction: Float64Array): Line {
  const { x, subject, probe } = site;
  const { lower, upper, dtype } = subject;
  const round = dtype === 'float32' ? Math.fround : (v: number): number => v;
  let [from, to, squares] = [-Infinity, Infinity, 0];
  for (let i = 0; i < direction.length; i++) {
    const d = direction[i]!;
    if (d === 0) continue;
    const below = ((lower?.[i] ?? -Infinity) - x[i]!) / d;
    const above = ((upper?.[i] ?? Infinity) - x[i]!) / d;
    from = Math.max(from, Math.min(below, above));
    to = Math.min(to, Math.max(below, above));
    squares += x[i]! ** 2;
  }
  // One of these is made for every call of f: plain loops.
  const evaluate = (t: number): Float64Array => {
    const moved = x.slice();
    for (let i = 0; i < moved.length; i++) {
      const d = direction[i]!;
      if (d !== 0) moved[i] = round(moved[i]! + t * d);
    }
    // Rounding must not carry a probe across a bound.
    if (lower) for (let i = 0; i < moved.length; i++) moved[i] = Math.max(moved[i]!, lower[i]!);
    if (upper) for (let i = 0; i < moved.length; i++) moved[i] = Math.min(moved[i]!, upper[i]!);
    return probe(moved);
  };
  return {
    along: cached(evaluate, from, to),
    at: 0,
    lower: from,
    upper: to,
    scale: Math.max(1, Math.sqrt(squares)),
  };
}

/** Ladders of several claims, and restarted ones, meet at the same points again. */
function cached(
  evaluate: (t: number) => Float64Array,
  lower: number,
  upper: number,
): (claim: number) => (t: number) => number {
  const values = new Map<number, Float64Array>();
  return (claim) => (t) => {
    if (t < lower || t > upper) return Number.NaN;
    let found = values.get(t);
    if (!found) {
      found = evaluate(t);
      values.set(t, found);
    }
    return found[claim]!;
  };
}
