import type { ActivationName } from '../activations.ts';
import type { CaseSpec } from '../case-spec.ts';
import type { Ridge } from '../functions/ridge.ts';
import { type SeparableOptions, separable } from '../ridges.ts';

/** What is not said of a hard case. */
const DEFAULTS = { dtype: 'float64', rtol: 1e-6, expected: 'agrees' } as const;

type Given<P> = P extends CaseSpec
  ? Omit<P, keyof typeof DEFAULTS> & Partial<Pick<P, keyof typeof DEFAULTS>>
  : never;

/** A case whose gradient is right, unless it says otherwise. */
export const hard = (given: Given<CaseSpec>): CaseSpec => ({ ...DEFAULTS, ...given }) as CaseSpec; // Given distributes over it

/** A wrong gradient. */
export const wrong = (given: Given<CaseSpec>): CaseSpec =>
  hard({ ...given, expected: 'disagrees' });

interface RidgeCase {
  readonly function: 'ridge';
  readonly parameters: Ridge;
}

/** Σ of one activation of each entry of x. */
export const each = (phis: readonly ActivationName[], options?: SeparableOptions): RidgeCase => ({
  function: 'ridge',
  parameters: separable(phis, options),
});

/** Σ of an activation along each of these directions, times an amplitude each. */
export const mixes = (
  activation: ActivationName,
  weights: readonly (readonly number[])[],
  amplitudes: readonly number[] = weights.map(() => 1),
): RidgeCase => ({
  function: 'ridge',
  parameters: {
    weights,
    biases: weights.map(() => 0),
    activations: weights.map(() => activation),
    amplitudes,
    offset: 0,
  },
});
