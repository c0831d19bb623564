import { directionLine, type Line } from './line.ts';
import { noiseNear } from './noise-near.ts';
import { norm } from './rms.ts';
import type { Site } from './site.ts';

/** f's noise along a line, of one claim. */
export function noiseOn(site: Site, claimIndex: number, line: Line): number {
  const { value, leastNoise } = site.claims[claimIndex]!;
  const { dtype } = site.subject;
  const { at, scale, lower, upper } = line;
  const f = line.along(claimIndex);
  return noiseNear(f, at, { value, leastNoise, dtype, scale, lower, upper });
}

/** f's noise along a claim's own gradient, which moves f the most; measured once. */
export function noiseOfSite(site: Site, claimIndex: number): number {
  const known = site.noises.get(claimIndex);
  if (known !== undefined) return known;
  const finite = site.claims[claimIndex]!.gradient.map((g) => (Number.isFinite(g) ? g : 0));
  const size = norm(finite);
  const direction = finite.map((g) => g / size);
  const noise = size > 0 ? noiseOn(site, claimIndex, directionLine(site, direction)) : 0;
  site.noises.set(claimIndex, noise);
  return noise;
}
