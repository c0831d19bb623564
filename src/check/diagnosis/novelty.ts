import type { Evidence, Observation } from './evidence.ts';

/** What each observation shows that those before it did not, 0 to 1; the first is all new. */
export interface Novelty {
  /** For an entry: the relative distance to the nearest earlier one, in x or in the true gradient. */
  readonly entry: readonly number[];
  /**
   * For a number that may depend on x: the same, but another cotangent at one point shows nothing
   * new, nor does what a cotangent makes of the truth elsewhere.
   */
  readonly point: readonly number[];
}

/** At a point near another any smooth mistake looks much the same, so agreement there says little. */
export function noveltyOf({ observations }: Evidence): Novelty {
  const least = (distance: (a: Observation, b: Observation) => number): readonly number[] =>
    observations.map((later, k) =>
      observations.slice(0, k).reduce((near, a) => Math.min(near, distance(a, later)), 1),
    );
  const inX = (a: Observation, b: Observation): number => relativeDistance(a.x, b.x);
  const either = (a: Observation, b: Observation): number => Math.max(inX(a, b), inTruth(a, b));
  return {
    entry: least(either),
    point: least((a, b) => (isOneCotangent(a) && isOneCotangent(b) ? either(a, b) : inX(a, b))),
  };
}

/** Observations of a scalar f, or of its multiples. */
const isOneCotangent = ({ cotangent }: Observation): boolean =>
  cotangent === null || cotangent.length === 1;

function inTruth(a: Observation, b: Observation): number {
  const [scaleA, scaleB] = [scaleOf(a), scaleOf(b)];
  return relativeDistance(
    a.expected.map((value) => value / scaleA),
    b.expected.map((value) => value / scaleB),
  );
}

/** Every vjp is linear in ȳ: one of a single number only scales it, and shows nothing new. */
const scaleOf = ({ cotangent }: Observation): number =>
  cotangent?.length === 1 && cotangent[0] !== 0 ? cotangent[0]! : 1;

/** ‖a − b‖ / (‖a‖ + ‖b‖) over the entries that both have; 0 where there are none. */
function relativeDistance(a: Float64Array, b: Float64Array): number {
  let [difference, normA, normB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]! - b[i]!)) continue;
    difference += (a[i]! - b[i]!) ** 2;
    normA += a[i]! ** 2;
    normB += b[i]! ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference) / (Math.sqrt(normA) + Math.sqrt(normB));
}
