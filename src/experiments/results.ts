import type { CustomOrAutomaticFigures } from './custom-or-automatic/figures.ts';
import type { DyingFigures } from './dying-relu/figures.ts';
import type { ExperimentName, ExperimentResult } from './experiment.ts';
import type { InitDistributionsFigures } from './init-distributions.ts';
import type { SilentFigures } from './silent-mistakes/figures.ts';
import type { ThreeLayerFigures } from './three-layer.ts';
import type { TwoLayerFigures } from './two-layer/figures.ts';
import type { VanishingFigures } from './vanishing-gradients/figures.ts';
import type { ZeroInitFigures } from './zero-init.ts';

/** What each experiment leaves to be quoted; a name without its figures does not compile. */
export interface AllFigures extends Record<ExperimentName, unknown> {
  readonly 'two-layer': TwoLayerFigures;
  readonly 'three-layer': ThreeLayerFigures;
  readonly 'zero-init': ZeroInitFigures;
  readonly 'init-distributions': InitDistributionsFigures;
  readonly 'vanishing-gradients': VanishingFigures;
  readonly 'dying-relu': DyingFigures;
  readonly 'custom-or-automatic': CustomOrAutomaticFigures;
  readonly 'silent-mistakes': SilentFigures;
}

/** Every experiment's result, each with its own figures. */
export type AllResults = { readonly [N in ExperimentName]: ExperimentResult<AllFigures[N]> };

export const figuresOf = (results: AllResults): AllFigures => ({
  'two-layer': results['two-layer'].figures,
  'three-layer': results['three-layer'].figures,
  'zero-init': results['zero-init'].figures,
  'init-distributions': results['init-distributions'].figures,
  'vanishing-gradients': results['vanishing-gradients'].figures,
  'dying-relu': results['dying-relu'].figures,
  'custom-or-automatic': results['custom-or-automatic'].figures,
  'silent-mistakes': results['silent-mistakes'].figures,
});
