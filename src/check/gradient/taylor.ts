/** A second opinion on a derivative that needs no step to be chosen. */
export interface TaylorOpinion {
  /** R(h) falls like h to this power; null where rounding hides R at every step but a few. */
  readonly order: number | null;
  /** `unclear` without an order: that nothing stands out is no support, on a staircase nothing does. */
  readonly says: 'right' | 'wrong' | 'unclear';
}

const STEPS = 40;
/** Steps fitted: the smallest at which R stands out of its rounding. */
const FITTED = 4;
const VISIBLE = 20;
/** Half way between the orders 1 of a wrong derivative and 3 of a right one, less room for doubt. */
const WRONG_BELOW = 1.5;
const RIGHT_ABOVE = 2.5;

/**
 * R(h) = |f(t+h) − f(t−h) − 2h·claimed| falls like h³ if `claimed` is the derivative and like h if
 * not, once h is small.
 */
export function taylorOpinion(
  f: (t: number) => number,
  at: number,
  claimed: number,
  { noise, firstStep }: { readonly noise: number; readonly firstStep: number },
): TaylorOpinion {
  const points: { readonly logStep: number; readonly logR: number }[] = [];
  for (let k = 0, h = firstStep; k < STEPS; k++, h /= 2) {
    const [right, left] = [at + h, at - h];
    if (right === at || left === at) break;
    const remainder = Math.abs(f(right) - f(left) - (right - left) * claimed);
    if (!Number.isFinite(remainder)) continue;
    if (remainder > VISIBLE * noise) {
      points.push({ logStep: Math.log(h), logR: Math.log(remainder) });
    } else if (points.length > 0) break;
  }
  if (points.length < FITTED) return { order: null, says: 'unclear' };
  const order = slopeOf(points.slice(-FITTED));
  return { order, says: order > RIGHT_ABOVE ? 'right' : order < WRONG_BELOW ? 'wrong' : 'unclear' };
}

/** Of the least-squares line. */
function slopeOf(points: readonly { readonly logStep: number; readonly logR: number }[]): number {
  const mean = (of: (p: (typeof points)[number]) => number): number =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [mx, my] = [mean((p) => p.logStep), mean((p) => p.logR)];
  return mean((p) => (p.logStep - mx) * (p.logR - my)) / mean((p) => (p.logStep - mx) ** 2);
}
