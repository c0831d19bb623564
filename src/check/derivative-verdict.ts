import { type Ladder, ladder } from '../numeric/ladder.ts';
import { noiseNear, type Terrain } from './gradient/noise-near.ts';

export interface DerivativeClaim {
  /** The derivative to be judged. */
  readonly claimed: number;
  /** What rounding alone may have done to it. */
  readonly tolerance: number;
  /** The relative error the judge must be able to see; 1e-6 unless said. */
  readonly rtol?: number;
  /** The relative error that passes; none unless said. */
  readonly allowed?: number;
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
/**
 * Where one ladder only is against the claim, another of the same reach decides, at steps of no ladder
 * so far: those that start nearer to x are blunter, and a small error hides from them.
 */
const SAME_REACH = 1 / 1.3;
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
  claim: DerivativeClaim,
  terrain: DerivativeTerrain = {},
): DerivativeVerdict {
  const value = terrain.value ?? f(x);
  const known: DerivativeTerrain = { ...terrain, value };
  const firstStep = FIRST_STEP * (terrain.scale ?? Math.max(1, Math.abs(x)));
  const climb = (noise: number, divisor: number): Ladder =>
    ladder(f, x, { ...known, noise, firstStep: firstStep / divisor });
  const view = viewOf(claim);

  const quick = terrain.noise === undefined ? null : climb(terrain.noise, 1);
  // On a step of a staircase f is constant: its noise there must be its own.
  if (quick && view.agrees(quick) && Math.abs(quick.derivative) > quick.uncertainty) {
    return {
      verdict: 'agrees',
      best: quick,
      noise: terrain.noise!,
      evaluations: quick.evaluations,
    };
  }
  const noise = noiseNear(f, x, known);
  const { ladders, agreeing } = climbed(view, (divisor) => climb(noise, divisor));
  const outcome = (verdict: DerivativeVerdict['verdict'], best?: Ladder): DerivativeVerdict => ({
    verdict,
    best: best ?? ladders.reduce((a, b) => (b.uncertainty < a.uncertainty ? b : a)),
    noise,
    evaluations: ladders.reduce((sum, l) => sum + l.evaluations, quick?.evaluations ?? 0),
  });
  if (agreeing) return outcome('agrees', agreeing);
  const divisor = steepness(f, x, claim.claimed, firstStep, known);
  if (divisor > TOO_STEEP && divisor < Infinity) {
    // Noise as well is looked for at that length: f may not be itself farther off.
    const noiseThere = noiseNear(f, x, { ...known, scale: firstStep / divisor / FIRST_STEP });
    const near = [divisor, divisor * RESTARTS[0]!].map((d) => climb(noiseThere, d));
    const found = nearer(view, near as [Ladder, Ladder], ladders); // one for each divisor
    if (found) return outcome(found.verdict, found.best);
  }
  if (ladders.filter(view.isAgainst).length === 1) ladders.push(climb(noise, SAME_REACH));
  return outcome(refuted(view, ladders) ? 'disagrees' : 'unresolved');
}

/** What a ladder says of a claim. */
interface View {
  readonly contains: (l: Ladder) => boolean;
  /** Its bar is as small as is asked. */
  readonly sharp: (l: Ladder) => boolean;
  readonly agrees: (l: Ladder) => boolean;
  /** Its bar is small enough to tell anything. */
  readonly tells: (l: Ladder) => boolean;
  readonly isAgainst: (l: Ladder) => boolean;
  /** A blunter bar that hides what a sharper one shows agrees with nothing. */
  readonly isDoubted: (l: Ladder, others: readonly Ladder[]) => boolean;
}

function viewOf({
  claimed,
  tolerance,
  rtol = 1e-6,
  allowed = 0,
  scale = 0,
}: DerivativeClaim): View {
  const size = (l: Ladder): number => Math.max(Math.abs(l.derivative), Math.abs(claimed));
  const contains = (l: Ladder): boolean =>
    Math.abs(claimed - l.derivative) <=
    l.uncertainty + tolerance + allowed * Math.max(Math.abs(l.derivative), scale);
  const sharp = (l: Ladder): boolean =>
    Math.max(l.uncertainty, tolerance) <= Math.max(rtol, allowed) * Math.max(size(l), scale);
  const agrees = (l: Ladder): boolean => contains(l) && sharp(l);
  const tells = (l: Ladder): boolean => l.uncertainty < size(l) / 2;
  const isDoubted = (l: Ladder, others: readonly Ladder[]): boolean =>
    others.some((o) => o.uncertainty < l.uncertainty && !contains(o) && !apart(o, l));
  const isAgainst = (l: Ladder): boolean => tells(l) && !contains(l);
  return { contains, sharp, agrees, tells, isAgainst, isDoubted };
}

const apart = (p: Ladder, q: Ladder): boolean =>
  Math.abs(p.derivative - q.derivative) > p.uncertainty + q.uncertainty;

/** Ladders from one start after another, until one agrees. */
function climbed(
  { sharp, agrees, isDoubted }: View,
  climb: (divisor: number) => Ladder,
): { readonly ladders: Ladder[]; readonly agreeing: Ladder | null } {
  const ladders: Ladder[] = [];
  // At a corner steps of any size leave the bar half as wide as what both sides differ by.
  const noisy = (): boolean =>
    !ladders.some((l) => sharp(l) || Math.abs(l.left - l.right) > l.uncertainty / 3);
  for (const divisor of [1, ...RESTARTS, ...WIDER]) {
    if (divisor < 1 && !noisy()) break;
    const next = climb(divisor);
    const doubted = isDoubted(next, ladders);
    ladders.push(next);
    if (agrees(next) && !doubted) return { ladders, agreeing: next };
  }
  return { ladders, agreeing: null };
}

/** What two ladders say that start as near to x as a steep claim may need; null if no more than others. */
function nearer(
  { agrees, contains, tells, isDoubted }: View,
  near: readonly [Ladder, Ladder],
  ladders: readonly Ladder[],
): { readonly verdict: DerivativeVerdict['verdict']; readonly best?: Ladder } | null {
  const [one, two] = near;
  const right = near.find((l) => agrees(l) && !isDoubted(l, near));
  if (right) return { verdict: 'agrees', best: right };
  if (!near.every(tells) || near.some(contains) || apart(one, two))
    return { verdict: 'unresolved' };
  // Farther off f was mistaken for another.
  return ladders.some((l) => apart(l, one)) ? { verdict: 'disagrees', best: one } : null;
}

/** Do those ladders that tell anything agree with one another, and two of them not with the claim? */
function refuted({ tells, isAgainst }: View, ladders: readonly Ladder[]): boolean {
  const telling = ladders.filter(tells);
  const consistent = !telling.some((p) => telling.some((q) => apart(p, q)));
  // A ladder too blunt to tell the claim from what the sharper ones found speaks for neither.
  return consistent && telling.filter(isAgainst).length >= 2;
}

/** How many times farther than it does f would move if the claim held all along the first step. */
function steepness(
  f: (x: number) => number,
  x: number,
  claimed: number,
  firstStep: number,
  { value = Number.NaN, lower = -Infinity, upper = Infinity }: DerivativeTerrain,
): number {
  const moves = [1, -1, 0.5, -0.5]
    .map((share) => x + share * firstStep)
    .filter((t) => t >= lower && t <= upper)
    .map((t) => Math.abs(f(t) - value))
    .filter(Number.isFinite);
  return (Math.abs(claimed) * firstStep) / Math.max(0, ...moves);
}
