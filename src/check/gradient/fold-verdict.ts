import type { Random } from '../../numeric/random.ts';
import { cornerTolerance } from './corner-tolerance.ts';
import { gaussianDirection } from './direction.ts';
import { type Folds, foldsOf } from './folds.ts';
import { type HullVerdict, NOTHING_NEW } from './hull.ts';
import { directionLine } from './line.ts';
import { minNormOfZonotope } from './min-norm-point.ts';
import { noiseOn } from './noise-on.ts';
import type { OneSided } from './one-sided.ts';
import { raySlope } from './ray-slope.ts';
import { dot, norm } from './rms.ts';
import type { Site } from './site.ts';

/** Of 10,000 claims at folds of two or three units two tries left 8 blunt. */
const TRIES = 3;

/**
 * `hullVerdict` where the corner is a sum of folds: then their normals say what gradients there are, of
 * which random rays would miss those that fill few directions. Null where it is no such sum, or one
 * whose folds depend on one another and the claim is among what they could make together, or once calls are `spent`.
 */
export function foldVerdict(
  site: Site,
  claimIndex: number,
  entries: readonly number[],
  spent: () => boolean,
  random: Random,
): HullVerdict | null {
  const { gradient } = site.claims[claimIndex]!;
  const { rtol } = site.subject;
  const line = directionLine(site, gaussianDirection(site.x.length, entries, random));
  const noise = noiseOn(site, claimIndex, line);
  const slope = (ray: Float64Array): OneSided => {
    const whole = new Float64Array(site.x.length);
    entries.forEach((i, k) => {
      whole[i] = ray[k]!;
    });
    return raySlope(site, claimIndex, whole, noise);
  };
  const claimed = Float64Array.from(entries, (i) => gradient[i]!);
  const sharp = ({ linear, normals, bar }: Folds): boolean =>
    bar <= rtol * Math.max(...[claimed, linear, ...normals].map(norm));
  let folds: Folds | null = null;
  // Half a circle that happens to cross a thin piece sees it bluntly, or not at all.
  for (let k = 0; k < TRIES && !(folds && sharp(folds)); k++) {
    folds = foldsOf(entries.length, slope, rtol, random, spent) ?? folds;
  }
  if (!folds) return null;
  const { linear, normals, bar, explain } = folds;
  const passing = norm(Float64Array.from(entries, (i) => cornerTolerance(site, claimIndex, i)));
  const nearest = minNormOfZonotope(
    linear.map((v, k) => v - claimed[k]!),
    normals,
  );
  if (norm(nearest) <= bar + passing) {
    if (!independent(normals)) return null;
    return { kind: 'inside', sharp: sharp(folds) };
  }
  const all = Array.from(entries.keys());
  for (let k = 0; k < NOTHING_NEW; k++) {
    if (!explain(gaussianDirection(entries.length, all, random))) return null;
  }
  return { kind: 'outside', nearest: nearest.map((v, k) => v + claimed[k]!), bar };
}

/** A rest this small of a vector is rounding. */
const DEPENDENT = 1e-6;

/** Then every choice of sides is that of some ray, and every such sum a gradient around. Gram–Schmidt. */
function independent(vectors: readonly Float64Array[]): boolean {
  const basis: Float64Array[] = [];
  return vectors.every((vector) => {
    let rest = vector;
    for (const b of basis) {
      const share = dot(rest, b);
      rest = rest.map((v, i) => v - share * b[i]!);
    }
    const size = norm(rest);
    basis.push(rest.map((v) => v / size));
    return size > DEPENDENT * norm(vector);
  });
}
