import type { Random } from '../../numeric/random.ts';
import { along, gaussianDirection } from './direction.ts';
import { directionLine, firstStepOn } from './line.ts';
import { noiseOn } from './noise-on.ts';
import type { Site } from './site.ts';
import { type TaylorOpinion, taylorOpinion } from './taylor.ts';

/** The Taylor test along a random direction of all entries. */
export function secondOpinion(site: Site, source: Random): TaylorOpinion {
  const claim = site.claims[0]!;
  const finite = Array.from(site.x.keys()).filter((i) => Number.isFinite(claim.gradient[i]!));
  const direction = gaussianDirection(site.x.length, finite, source);
  const line = directionLine(site, direction);
  return taylorOpinion(line.along(0), 0, along(direction, claim).claimed, {
    noise: noiseOn(site, 0, line),
    firstStep: firstStepOn(line),
  });
}
