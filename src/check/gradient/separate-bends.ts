import type { Random } from '../../numeric/random.ts';
import { gaussianDirection } from './direction.ts';
import type { Judged } from './judged.ts';
import { directionLine } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { raySlope } from './ray-slope.ts';
import type { Site } from './site.ts';

/** Rays tried. Entries that bend f together, in however thin a piece, rise otherwise along nearly all. */
const TRIED = 24;

/**
 * Do these entries, at a corner, bend f each by itself, as those of Σ|xᵢ| do? Then along any ray d
 * f′(x; d) − f′(x; d without them) = Σ dᵢ · (slope of entry i on that side), and what lies outside an
 * entry's own sides is wrong whatever the others are, what lies inside is right: any number of
 * entries takes two ladders a ray. False as well where that is not seen to within rtol.
 */
export function bendSeparately(
  site: Site,
  claimIndex: number,
  cornered: readonly Judged[],
  random: Random,
): boolean {
  const everything = Array.from(site.x.keys());
  const { rtol } = site.subject;
  const scale = Math.max(...site.claims[claimIndex]!.scales);
  let noise: number | null = null;
  for (let k = 0; k < TRIED; k++) {
    const ray = gaussianDirection(site.x.length, everything, random);
    const without = ray.slice();
    let [sum, size, bar] = [0, 0, 0];
    for (const { index, expected, uncertainty, sides } of cornered) {
      const d = ray[index]!;
      without[index] = 0;
      const slope = sides ? (d < 0 ? sides.left : sides.right) : expected;
      sum += d * slope;
      size += Math.abs(d * slope);
      bar += Math.abs(d) * uncertainty;
    }
    noise ??= noiseOn(site, claimIndex, directionLine(site, ray));
    const whole = raySlope(site, claimIndex, ray, noise);
    const rest = raySlope(site, claimIndex, without, noise);
    bar += whole.uncertainty + rest.uncertainty;
    const largest = Math.max(size, scale, Math.abs(whole.derivative), Math.abs(rest.derivative));
    const seen = bar <= rtol * largest;
    if (!(seen && Math.abs(whole.derivative - rest.derivative - sum) <= bar)) return false;
  }
  return true;
}
