import type { Random } from '../../numeric/random.ts';
import { cornerTolerance } from './corner-tolerance.ts';
import { along, gaussianDirection } from './direction.ts';
import type { Judged } from './judged.ts';
import { directionLine } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { partialAlong, raySlope } from './ray-slope.ts';
import { norm } from './rms.ts';
import type { Claim, Site } from './site.ts';

/** Rays drawn: a piece that fills a hundredth of all directions is missed once in 23,000 times. */
const DRAWN = 1000;
/** Rays tried of those along which the claim stays the same. */
const TRIED = 4;
/** It is asked again this share of a ray's scale beside x, and counts as the same to within so much. */
const BESIDE = 2 ** -20;
const SAME = 1e-3;
/** A partial derivative is differenced along a ray over this share of it, or less where the piece is thin. */
const SHAKES = [2 ** -4, 2 ** -9, 2 ** -14];

/**
 * Is the claim the gradient of f in some piece around x, as that of code which takes one branch at a
 * corner is, though it looked `wrong` on lines of one entry each? The claimed derivative itself tells
 * along which rays to look: it is the same beside x.
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
  const scale = Math.max(...claim.scales);
  let tried = 0;
  for (let drawn = 0; drawn < DRAWN && tried < TRIED; drawn++) {
    const ray = gaussianDirection(site.x.length, all, random);
    if (!staysAlong(site, claim, ray)) continue;
    tried++;
    const noise = noiseOn(site, claimIndex, directionLine(site, ray));
    const whole = raySlope(site, claimIndex, ray, noise);
    const said = along(ray, claim);
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

/** Is the derivative claimed a little way along a ray the one claimed at x? */
function staysAlong({ subject, guard, x }: Site, claim: Claim, ray: Float64Array): boolean {
  const { lower, upper } = subject;
  const step = BESIDE * Math.max(1, norm(x));
  const beside = x.map((v, i) =>
    Math.min(Math.max(v + step * ray[i]!, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity),
  );
  const reply = guard.gradient(beside, claim.cotangent);
  if (reply.kind === 'fault') return false;
  return norm(reply.values.map((g, i) => g - claim.gradient[i]!)) <= SAME * norm(claim.gradient);
}
