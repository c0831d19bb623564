import type { Layout } from '../../params/layout.ts';

/** A wrong gradient beside the truth, at one point (and one cotangent, for a vjp). */
export interface Observation {
  /** The point, flat. */
  readonly x: Float64Array;
  readonly got: Float64Array;
  /** NaN where an entry was not differenced. */
  readonly expected: Float64Array;
  /** A bound on the error of each entry of `expected`, rounding of `got` included. */
  readonly uncertainty: Float64Array;
  /** ȳ of a vjp; null for a scalar f. */
  readonly cotangent: Float64Array | null;
}

/** All that a diagnosis may rest on. */
export interface Evidence {
  readonly layout: Layout;
  /** At least one; a ratio is named only where it is the same at all of them. */
  readonly observations: readonly Observation[];
  /** Sizes that a factor may be named by: `{ N: 640 }`. */
  readonly factors: Readonly<Record<string, number>>;
}
