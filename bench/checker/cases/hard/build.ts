import type { ActivationName } from '../activations.ts';
import type { Ridge } from '../functions/ridge.ts';
import type { Problem } from '../problem.ts';

/** What is not said of a hard case. */
const DEFAULTS = { dtype: 'float64', rtol: 1e-6, expected: 'agrees' } as const;

type Given<P> = P extends Problem
  ? Omit<P, keyof typeof DEFAULTS> & Partial<Pick<P, keyof typeof DEFAULTS>>
  : never;

/** A problem whose gradient is right, unless it says otherwise. */
export const hard = (given: Given<Problem>): Problem => ({ ...DEFAULTS, ...given }) as Problem; // Given distributes over it

/** A wrong gradient. */
export const wrong = (given: Given<Problem>): Problem => hard({ ...given, expected: 'disagrees' });

/** Σ of one activation of each entry of x, times a factor. */
export function each(
  own: readonly ActivationName[],
  { factor = 1, offset = 0 }: { readonly factor?: number; readonly offset?: number } = {},
): { readonly function: 'ridge'; readonly parameters: Ridge } {
  return {
    function: 'ridge',
    parameters: {
      weights: own.map((_, i) => own.map((__, j) => (i === j ? factor : 0))),
      biases: own.map(() => 0),
      activations: own,
      amplitudes: own.map(() => 1),
      offset,
    },
  };
}

/** Σ of an activation along each of these directions, times an amplitude each. */
export function mixes(
  activation: ActivationName,
  weights: readonly (readonly number[])[],
  amplitudes: readonly number[] = weights.map(() => 1),
): { readonly function: 'ridge'; readonly parameters: Ridge } {
  return {
    function: 'ridge',
    parameters: {
      weights,
      biases: weights.map(() => 0),
      activations: weights.map(() => activation),
      amplitudes,
      offset: 0,
    },
  };
}
