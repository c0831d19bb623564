import { directionLine, firstStepOn } from './line.ts';
import { type OneSided, oneSided } from './one-sided.ts';
import type { Site } from './site.ts';

/** The derivative from x along a ray, of a function with this noise. */
export function raySlope(
  site: Site,
  claimIndex: number,
  ray: Float64Array,
  noise: number,
): OneSided {
  const line = directionLine(site, ray);
  const { lower, upper } = line;
  return oneSided(line.along(claimIndex), 0, 1, {
    ...{ noise, lower, upper },
    value: site.claims[claimIndex]!.value,
    firstStep: firstStepOn(line),
    dtype: site.subject.dtype,
  });
}

/**
 * The partial derivative by one entry in the piece of f along a ray, from the slopes of two rays
 * `shake` to each side.
 */
export function partialAlong(
  site: Site,
  claimIndex: number,
  ray: Float64Array,
  entry: number,
  shake: number,
  noise: number,
): OneSided {
  const [ahead, behind] = [shake, -shake].map((by) => {
    const shaken = ray.slice();
    shaken[entry]! += by;
    return raySlope(site, claimIndex, shaken, noise);
  }) as [OneSided, OneSided]; // one for each side
  return {
    derivative: (ahead.derivative - behind.derivative) / (2 * shake),
    uncertainty: (ahead.uncertainty + behind.uncertainty) / (2 * shake),
  };
}
