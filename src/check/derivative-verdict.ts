import { type Ladder, ladder } from '../numeric/ladder.ts';
import { noiseBound } from '../numeric/noise.ts';

export interface DerivativeClaim {
  /** The derivative to be judged. */
  readonly claimed: number;
  /** What rounding alone may have done to it. */
  readonly tolerance: number;
  /** The relative error the judge must be able to see; 1e-6 unless said. */
  readonly rtol?: number;
  /** A size below which errors do not matter relatively: the rms of the slot's gradient. */
  readonly scale?: number;
}

export interface DerivativeVerdict {
  readonly verdict: 'agrees' | 'disagrees' | 'unresolved';
  /** The ladder with the smallest error bar. */
  readonly best: Ladder;
  readonly evaluations: number;
}

/** Later ladders start here: steps incommensurate with the first's, so that no period fools both. */
const RESTARTS = [13.7, 1733.1, 271828];

/**
 * Is `claimed` the derivative of f at x? One ladder may agree. It takes two, started at unrelated
 * steps and agreeing with each other, to disagree: a single one can converge on an alias.
 */
export function judgeDerivative(
  f: (x: number) => number,
  x: number,
  { claimed, tolerance, rtol = 1e-6, scale = 0 }: DerivativeClaim,
): DerivativeVerdict {
  const value = f(x);
  const noise = noiseBound(f, x, value);
  const firstStep = 0.1 * Math.max(1, Math.abs(x));
  const contains = (l: Ladder): boolean =>
    Math.abs(claimed - l.derivative) <= l.uncertainty + tolerance;
  const size = (l: Ladder): number => Math.max(Math.abs(l.derivative), Math.abs(claimed));
  const sharp = (l: Ladder): boolean => l.uncertainty <= rtol * Math.max(size(l), scale);

  const ladders: Ladder[] = [];
  for (const divisor of [1, ...RESTARTS]) {
    const next = ladder(f, x, { noise, value, firstStep: firstStep / divisor });
    ladders.push(next);
    if (contains(next) && sharp(next)) return outcome('agrees', ladders);
  }
  const telling = ladders.filter((l) => l.uncertainty < size(l) / 2);
  const consistent = telling.every((p) =>
    telling.every((q) => Math.abs(p.derivative - q.derivative) <= p.uncertainty + q.uncertainty),
  );
  const refuted = telling.length >= 2 && consistent && !telling.some(contains);
  return outcome(refuted ? 'disagrees' : 'unresolved', ladders);
}

const outcome = (
  verdict: DerivativeVerdict['verdict'],
  ladders: readonly Ladder[],
): DerivativeVerdict => ({
  verdict,
  best: ladders.reduce((a, b) => (b.uncertainty < a.uncertainty ? b : a)),
  evaluations: ladders.reduce((sum, l) => sum + l.evaluations, 0),
});
