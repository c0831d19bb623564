import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Random } from '../../numeric/random.ts';
import { cornerTolerance } from './corner-tolerance.ts';
import { along, gaussianDirection } from './direction.ts';
import type { Judged } from './judged.ts';
import { directionLine } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { partialAlong, raySlope } from './ray-slope.ts';
import { dot, norm } from './rms.ts';
import type { Site } from './site.ts';

/** Rays drawn: a piece that fills a hundredth of all directions is missed once in 23,000 times. */
const DRAWN = 1000;
/** Where each is a call of f, beside a gradient given as numbers: of a fiftieth, once in 400 times. */
const PROBED = 300;
/** Rays tried of those along which the claim stays the same. */
const TRIED = 4;
/** That is asked this share of a ray's scale beside x, and counts as the same to within so much. */
const BESIDE = 2 ** -20;
const SAME = 1e-3;
/**
 * Ladders step over a corner beside x into another piece, steps of so many roundings of x do not: f then
 * goes on by other than a claim of that piece, by more than this share of its size.
 */
const NEAR = 2 ** 13;
const OTHER = 1 / 16;
/** A partial derivative is differenced along a ray over this share of it, or less where the piece is thin. */
const SHAKES = [2 ** -4, 2 ** -9, 2 ** -14];

/**
 * Is the claim the gradient of f in some piece around x, as that of code which takes one branch at a
 * corner is, though it looked `wrong` on lines of one entry each? The claim itself tells along which
 * rays to look: beside x it is claimed again, or, where x is all that is known, f goes on by it.
 */
export function claimsPiece(
  site: Site,
  claimIndex: number,
  judged: readonly Judged[],
  wrong: readonly Judged[],
  random: Random,
): boolean {
  const claim = site.claims[claimIndex]!;
  const all = Array.from(site.x.keys());
  const { rtol, tolerance } = site.subject;
  // A claim of 0 has no size of its own.
  const scale = Math.max(...claim.scales, ...wrong.map((j) => Math.abs(j.expected) || 0));
  let tried = 0;
  for (let drawn = 0; drawn < DRAWN && tried < TRIED; drawn++) {
    const ray = gaussianDirection(site.x.length, all, random);
    const beside = pointAlong(site, ray);
    const reply = site.guard.gradient(beside, claim.cotangent);
    if (reply.kind === 'fault' && drawn >= PROBED) break;
    const stays =
      reply.kind === 'values'
        ? norm(reply.values.map((g, i) => g - claim.gradient[i]!)) <= SAME * norm(claim.gradient)
        : goesOn(site, claimIndex, beside, scale);
    if (!stays) continue;
    tried++;
    const line = directionLine(site, ray);
    const noise = noiseOn(site, claimIndex, line);
    const said = along(ray, claim);
    const near = NEAR * UNIT_ROUNDOFF[site.subject.dtype] * line.scale;
    const off = Math.abs(line.along(claimIndex)(near) - claim.value - near * said.claimed);
    if (off > near * OTHER * scale + 4 * noise) continue;
    const whole = raySlope(site, claimIndex, ray, noise);
    if (!(Math.abs(whole.derivative - said.claimed) <= whole.uncertainty + said.tolerance))
      continue;
    const borneOut = SHAKES.some((shake) =>
      judged.every(({ index: i }) => {
        const g = claim.gradient[i]!;
        const seen = partialAlong(site, claimIndex, ray, i, shake, noise);
        // It must be another than the one that was seen: a blunter bar alone explains nothing.
        const other = wrong.find((j) => j.index === i);
        const apart = other
          ? Math.abs(seen.derivative - other.expected) - other.uncertainty
          : Infinity;
        return (
          seen.uncertainty < apart &&
          seen.uncertainty <= Math.max(rtol, tolerance) * Math.max(Math.abs(g), scale) &&
          Math.abs(seen.derivative - g) <= seen.uncertainty + cornerTolerance(site, claimIndex, i)
        );
      }),
    );
    if (borneOut) return true;
  }
  return false;
}

/** A little way along a ray, inside the domain. */
function pointAlong({ subject: { lower, upper }, x }: Site, ray: Float64Array): Float64Array {
  const step = BESIDE * Math.max(1, norm(x));
  return x.map((v, i) =>
    Math.min(Math.max(v + step * ray[i]!, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity),
  );
}

/** Does f change as claimed at x on the way to a point beside it? */
function goesOn(site: Site, claimIndex: number, beside: Float64Array, scale: number): boolean {
  const { gradient, value } = site.claims[claimIndex]!;
  const way = beside.map((v, i) => v - site.x[i]!);
  const off = Math.abs(site.probe(beside)[claimIndex]! - value - dot(gradient, way));
  return off <= SAME * scale * norm(way);
}
