import type { Random } from '../../numeric/random.ts';
import { resultRounding } from './black-box-tolerance.ts';
import { directionLine } from './line.ts';
import { noiseOn } from './noise-on.ts';
import { raySlope } from './ray-slope.ts';
import type { Site } from './site.ts';

/** An entry whose claim is f's slope on one side of a corner: the right (1) or the left. */
export interface End {
  readonly index: number;
  readonly side: 1 | -1;
}

/** g·d and f′(x; d) along a ray into the claimed sides. */
export interface Look {
  readonly ray: Float64Array;
  readonly claimed: number;
  readonly expected: number;
  readonly uncertainty: number;
  readonly tolerance: number;
  /** They are the same. */
  readonly right: boolean;
}

/**
 * Looks along random rays into the sides that claims are the slopes of. Where these see g·d, f has this
 * gradient there, and so it is right, whichever of the entries bend f together: ReLU's 0, or the first
 * of a tie in a max.
 */
export function claimedSides(
  site: Site,
  claimIndex: number,
  random: Random,
): (ends: readonly End[]) => Look {
  const { gradient } = site.claims[claimIndex]!;
  const { dtype } = site.subject;
  let noise: number | undefined;
  return (ends) => {
    const ray = new Float64Array(site.x.length);
    let [claimed, squares] = [0, 0];
    for (const { index, side } of ends) {
      // Of length 1 in the mean only: so its entries are independent.
      const d = (side * Math.abs(random.normal())) / Math.sqrt(ends.length);
      ray[index] = d;
      claimed += d * gradient[index]!;
      squares += (d * resultRounding(gradient[index]!, dtype)) ** 2;
    }
    noise ??= noiseOn(site, claimIndex, directionLine(site, ray));
    const { derivative: expected, uncertainty } = raySlope(site, claimIndex, ray, noise);
    const tolerance = Math.sqrt(squares);
    const right = Math.abs(claimed - expected) <= uncertainty + tolerance;
    return { ray, claimed, expected, uncertainty, tolerance, right };
  };
}
