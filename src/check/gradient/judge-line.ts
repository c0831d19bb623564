import { judgeDerivative } from '../derivative-verdict.ts';
import { type Asked, atEdge, atKink, atSeam, passing, type Seen } from './both-sides.ts';
import { firstStepOn, type Line } from './line.ts';
import { noiseOfSite } from './noise-on.ts';
import type { Site } from './site.ts';
import { atVertical } from './vertical-slope.ts';

/**
 * Is `asked` the derivative of one claim's scalar along a line? By central differences; failing them
 * from inside the domain, at its edge, or from both sides, at a corner or where pieces meet; not where
 * f's slope grows without bound. `noise` is f's noise on a neighbouring line, if known; what is
 * returned was measured on this one, or was enough.
 */
export function judgeLine(
  site: Site,
  line: Line,
  claimIndex: number,
  asked: Asked,
  noise?: number,
): { readonly seen: Seen; readonly noise: number } {
  const { dtype } = site.subject;
  const { value, leastNoise } = site.claims[claimIndex]!;
  const { at, lower, upper, scale } = line;
  const f = line.along(claimIndex);
  const terrain = { value, scale, lower, upper, dtype, leastNoise };
  const known = noise === undefined ? terrain : { ...terrain, noise };
  let central = judgeDerivative(f, at, asked, known);
  // On a line that moves f by nothing its noise does not show either.
  const flat = Math.abs(central.best.derivative) <= central.best.uncertainty;
  const elsewhere = flat ? noiseOfSite(site, claimIndex) : 0;
  if (elsewhere > central.noise) {
    central = judgeDerivative(f, at, asked, { ...terrain, leastNoise: elsewhere });
  }
  const { verdict, best } = central;
  // Where a difference of both sides makes up half of the bar, there may be a corner.
  const lopsided = Math.abs(best.left - best.right) > best.uncertainty / 3;
  const tolerance = passing(asked, best.derivative);
  if (verdict !== 'agrees') {
    const around = { ...terrain, noise: central.noise, firstStep: firstStepOn(line) };
    const torn = verdict === 'unresolved' || lopsided;
    const blunt = Math.abs(asked.claimed - best.derivative) <= best.uncertainty + tolerance;
    const seen =
      atVertical(f, at, around) ??
      (torn ? (atEdge(f, at, asked, around) ?? atKink(f, at, asked, around)) : null) ??
      (blunt ? atSeam(f, at, asked, around) : null);
    if (seen) return { seen, noise: central.noise };
  }
  const { derivative: expected, uncertainty } = best;
  const seen = { verdict, expected, uncertainty, tolerance, sides: null };
  return { seen, noise: central.noise };
}

/** The size of gradient that counts in a slot, on this line. */
export function scaleIn(site: Site, claimIndex: number, slot: number, line: Line): number {
  const { scales, value } = site.claims[claimIndex]!;
  if (scales[slot]! > 0) return scales[slot]!;
  // A slot that is 0 throughout is judged by what would change f by its rtol-th part, f taken at its
  // largest: at a minimum it may vanish, and around a dead unit.
  const f = line.along(claimIndex);
  const steps = [firstStepOn(line), line.scale].flatMap((step) => [-step, step]);
  const sizes = [value, ...steps.map((step) => f(line.at + step))].map(Math.abs);
  return Math.max(...sizes.filter(Number.isFinite)) / line.scale;
}
