import type { CaseArithmetic } from './arithmetic.ts';

/** A function that cases name, with plain JSON parameters P, and its derivative by hand. */
export interface CaseFunction<P> {
  /** Enough to write it again in any language. */
  readonly formula: string;
  /** What each parameter is. */
  readonly parameters: { readonly [K in keyof P]-?: string };
  /** Whether it has several outputs; a scalar has one. */
  readonly vector: boolean;
  /** The outputs at x: the one definition, for programs and for many digits. */
  value<T>(a: CaseArithmetic<T>, parameters: P, x: ArrayLike<T>): T[];
  /** ȳᵀ ∂f/∂x, as long as x; the gradient of a scalar has ȳ = [1]. */
  vjp(
    a: CaseArithmetic<number>,
    parameters: P,
    x: ArrayLike<number>,
    cotangent: ArrayLike<number>,
  ): number[];
}

/** The parameters of a function of x alone. */
export type NoParameters = Readonly<Record<never, never>>;
