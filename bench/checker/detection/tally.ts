import { median } from '../../timing/statistics.ts';
import type { HiddenActivation } from './problem.ts';
import type { SchemeName, Sighting } from './trial.ts';

/** What a scheme made of errors of one size in all trials. */
export interface SightingTally {
  readonly trials: number;
  readonly caught: number;
  readonly named: number;
  readonly unresolved: number;
  readonly medianCalls: number;
  readonly mostCalls: number;
  /** Calls of the gradient. */
  readonly medianGradients: number;
  readonly mostGradients: number;
}

/** Throws where no trial was of that kind. */
export function tallySightings(
  sightings: readonly Sighting[],
  activation: HiddenActivation,
  scheme: SchemeName,
  size: number,
): SightingTally {
  const of = sightings.filter(
    (s) => s.activation === activation && s.scheme === scheme && s.size === size,
  );
  const calls = of.map((s) => s.calls);
  const gradients = of.map((s) => s.gradients);
  return {
    trials: of.length,
    caught: of.filter((s) => s.caught).length,
    named: of.filter((s) => s.named).length,
    unresolved: of.filter((s) => s.unresolved).length,
    medianCalls: median(calls),
    mostCalls: Math.max(...calls),
    medianGradients: median(gradients),
    mostGradients: Math.max(...gradients),
  };
}
