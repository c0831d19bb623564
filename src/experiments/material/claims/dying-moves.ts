import type { DyingCaseName } from '../../dying-relu/cases.ts';
import type { DyingFigures, DyingTraining } from '../../dying-relu/figures.ts';

/** The page's own training, which these cases have. */
export function trainingOf({ cases }: DyingFigures, name: DyingCaseName): DyingTraining {
  const { training } = cases[name];
  if (training) return training;
  throw new RangeError(`dying-relu, case "${name}": got no training, expected one`);
}

/** What may take ReLU's place. */
export type Variant = Extract<DyingCaseName, 'leaky-0.01' | 'elu'>;

/** How far it moves the first layer: with biases of −8, and from PyTorch's default. */
export const moves = (
  dying: DyingFigures,
  variant: Variant,
): { readonly moved: number; readonly usual: number } => ({
  moved: trainingOf(dying, variant).moves[0]!,
  usual: trainingOf(dying, `default-${variant}`).moves[0]!,
});

/** Within a power of ten of what the same activation has from PyTorch's default. */
export const NORMAL_DECADES = 1;
export const isNormal = (found: number, usual: number): boolean =>
  Math.log10(usual / found) < NORMAL_DECADES;
