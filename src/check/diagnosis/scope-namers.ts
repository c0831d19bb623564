import { addedTerm } from './added-term.ts';
import type { Diagnosis } from './diagnosis.ts';
import { elementwiseRatio } from './elementwise-ratio.ts';
import { factor } from './factor.ts';
import { exchangedSlots, moved } from './moved.ts';
import { outerProduct } from './outer-product.ts';
import { permuted } from './permuted.ts';
import { piecewiseRatio } from './piecewise-ratio.ts';
import type { Scope, ScopeNamer } from './scope.ts';
import { sharedTerm } from './shared-term.ts';
import { sumOverAxis } from './sum-over-axis.ts';
import { zero, zeroInPlaces } from './zero.ts';

/** From exact to general: what has fewer constants first. */
const SCOPE_NAMERS: readonly ScopeNamer[] = [
  zero,
  factor,
  moved,
  exchangedSlots,
  sumOverAxis,
  addedTerm,
  piecewiseRatio,
  elementwiseRatio,
  zeroInPlaces,
  permuted,
  sharedTerm,
  outerProduct,
];

/** The first name that explains every wrong entry of the scope. */
export function nameScope(scope: Scope): Diagnosis | null {
  for (const namer of SCOPE_NAMERS) {
    const diagnosis = namer(scope);
    if (diagnosis) return diagnosis;
  }
  return null;
}
