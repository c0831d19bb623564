import { type Ladder, ladder } from '../numeric/ladder.ts';
import { noiseNear, type Terrain } from './gradient/noise-near.ts';

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

export interface DerivativeTerrain extends Terrain {
  /** A bound on f's noise nearby. One ladder may agree by it; any other verdict measures it here. */
  readonly noise?: number;
}

export interface DerivativeVerdict {
  readonly verdict: 'agrees' | 'disagrees' | 'unresolved';
  /** The ladder that agrees, else the one with the smallest error bar. */
  readonly best: Ladder;
  /** The bound on f's noise that the verdict rests on. */
  readonly noise: number;
  readonly evaluations: number;
}

/** Of the scale: an extrapolation needs a step at which f still resembles its series. */
export const FIRST_STEP = 0.1;
/** Later ladders start here: steps incommensurate with the first's, so that no period fools both. */
const RESTARTS = [13.7, 1733.1, 271828];
/** Where noise hides all at these, the wider ones: f may still resemble its series there. */
const WIDER = [1 / 8, 1 / 5.1];
/** A claim under which f would move so many times farther than it does may be right nearer to x. */
const TOO_STEEP = 16;

/**
 * Is `claimed` the derivative of f at x? One ladder may agree. It takes two, started at unrelated
 * steps and agreeing with each other, to disagree: a single one can converge on an alias. A tolerance
 * too large to see the relative error asked for agrees with nothing.
 */
export function judgeDerivative(
  f: (x: number) => number,
  x: number,
  { claimed, tolerance, rtol = 1e-6, scale = 0 }: DerivativeClaim,
  terrain: DerivativeTerrain = {},
): DerivativeVerdict {
  const value = terrain.value ?? f(x);
  const known: DerivativeTerrain = { ...terrain, value };
  const firstStep = FIRST_STEP * (terrain.scale ?? Math.max(1, Math.abs(x)));
  const contains = (l: Ladder): boolean =>
    Math.abs(claimed - l.derivative) <= l.uncertainty + tolerance;
  const size = (l: Ladder): number => Math.max(Math.abs(l.derivative), Math.abs(claimed));
  const sharp = (l: Ladder): boolean =>
    Math.max(l.uncertainty, tolerance) <= rtol * Math.max(size(l), scale);
  const agrees = (l: Ladder): boolean => contains(l) && sharp(l);
  const climb = (noise: number, divisor: number): Ladder =>
    ladder(f, x, { ...known, noise, firstStep: firstStep / divisor });

  let evaluations = 0;
  if (terrain.noise !== undefined) {
    const quick = climb(terrain.noise, 1);
    evaluations += quick.evaluations;
    // On a step of a staircase f is constant: its noise there must be its own.
    const flat = Math.abs(quick.derivative) <= quick.uncertainty;
    if (agrees(quick) && !flat) {
      return { verdict: 'agrees', best: quick, noise: terrain.noise, evaluations };
    }
  }
  const noise = noiseNear(f, x, known);
  const ladders: Ladder[] = [];
  const outcome = (
    verdict: DerivativeVerdict['verdict'],
    best: Ladder = ladders.reduce((a, b) => (b.uncertainty < a.uncertainty ? b : a)),
  ): DerivativeVerdict => ({
    verdict,
    best,
    noise,
    evaluations: ladders.reduce((sum, l) => sum + l.evaluations, evaluations),
  });
  const apart = (p: Ladder, q: Ladder): boolean =>
    Math.abs(p.derivative - q.derivative) > p.uncertainty + q.uncertainty;
  // At a corner steps of any size leave the bar half as wide as what both sides differ by.
  const noisy = (): boolean =>
    !ladders.some((l) => sharp(l) || Math.abs(l.left - l.right) > l.uncertainty / 3);
  for (const divisor of [1, ...RESTARTS, ...WIDER]) {
    if (divisor < 1 && !noisy()) break;
    const next = climb(noise, divisor);
    // A blunter bar that hides what a sharper one shows agrees with nothing.
    const doubted = ladders.some(
      (l) => l.uncertainty < next.uncertainty && !contains(l) && !apart(l, next),
    );
    ladders.push(next);
    if (agrees(next) && !doubted) return outcome('agrees', next);
  }
  const tells = (l: Ladder): boolean => l.uncertainty < size(l) / 2;
  const divisor = steepness();
  if (divisor > TOO_STEEP && divisor < Infinity) {
    // Noise as well is looked for at that length: f may not be itself farther off.
    const noiseThere = noiseNear(f, x, { ...known, scale: firstStep / divisor / FIRST_STEP });
    const near = [divisor, divisor * RESTARTS[0]!].map((d) => climb(noiseThere, d));
    const [one, two] = near as [Ladder, Ladder]; // one for each divisor
    const right = near.find(agrees);
    if (right) return outcome('agrees', right);
    if (!near.every(tells) || near.some(contains) || apart(one, two)) return outcome('unresolved');
    // Farther off f was mistaken for another.
    if (ladders.some((l) => apart(l, one))) return outcome('disagrees', one);
  }
  const telling = ladders.filter(tells);
  const consistent = !telling.some((p) => telling.some((q) => apart(p, q)));
  // A ladder too blunt to tell the claim from what the sharper ones found speaks for neither.
  const against = telling.filter((l) => !contains(l));
  return outcome(consistent && against.length >= 2 ? 'disagrees' : 'unresolved');

  /** How many times farther than it does f would move if the claim held all along the first step. */
  function steepness(): number {
    const { lower = -Infinity, upper = Infinity } = known;
    const moves = [1, -1, 0.5, -0.5]
      .map((share) => x + share * firstStep)
      .filter((t) => t >= lower && t <= upper)
      .map((t) => Math.abs(f(t) - value))
      .filter(Number.isFinite);
    return (Math.abs(claimed) * firstStep) / Math.max(0, ...moves);
  }
}
