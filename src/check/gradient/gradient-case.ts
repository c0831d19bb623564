/**
 * A function and its hand-written derivative, to be checked: on flat arrays, in any precision that
 * fits in doubles, independent of our networks.
 */
export interface GradientCase {
  readonly name: string;
  /** Scalar, or vector-valued with `vjp`. */
  readonly f: (x: Numbers) => number | ArrayLike<number>;
  /** ∂f/∂x of a scalar f: as long as x. */
  readonly gradient?: (x: Numbers) => ArrayLike<number>;
  /** ȳᵀ ∂f/∂x of a vector f: as long as x. Called with random cotangents, never with ones. */
  readonly vjp?: (x: Numbers, cotangent: Numbers) => ArrayLike<number>;
  /** One point or several. */
  readonly at: ArrayLike<number> | readonly ArrayLike<number>[];
  /** The precision f computes in; float64 unless said. */
  readonly dtype?: 'float64' | 'float32';
  /** The relative error that must be seen; 1e-6, or 1e-3 for float32, unless said. */
  readonly rtol?: number;
  /**
   * The relative error of the gradient that passes, for one that is itself approximate, as of an
   * iterative solver, a quadrature, or single precision inside: relative to the truth, or to the rms of
   * its slot where that is larger. 0 unless said.
   */
  readonly tolerance?: number;
  /** The domain of f, entry by entry: no probe leaves it. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Names the entries: `fc1.weight[2,3]`. Together as long as x; one slot `x` unless said. */
  readonly slots?: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Sizes the diagnosis may name: `{ N: 32 }`. */
  readonly factors?: Readonly<Record<string, number>>;
}

/**
 * The Float64Array that f and its derivative are called with, typed as all that they may be declared to
 * take: number[] and Float32Array as well. A tag that no value has keeps the compiler from calling it
 * empty.
 */
export type Numbers = Float64Array &
  Float32Array &
  number[] & { readonly [Symbol.toStringTag]: never };
