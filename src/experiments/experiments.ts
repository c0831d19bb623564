import { customOrAutomatic } from './custom-or-automatic.ts';
import { dyingRelu } from './dying-relu.ts';
import type { Experiment, ExperimentName } from './experiment.ts';
import { initDistributions } from './init-distributions.ts';
import type { AllFigures } from './results.ts';
import { silentMistakes } from './silent-mistakes.ts';
import { threeLayer } from './three-layer.ts';
import { twoLayer } from './two-layer.ts';
import { vanishingGradients } from './vanishing-gradients.ts';
import { zeroInit } from './zero-init.ts';

/** Every experiment, in the order of the material; a name without one does not compile. */
export const experiments: { readonly [N in ExperimentName]: Experiment<AllFigures[N]> } = {
  'two-layer': twoLayer,
  'three-layer': threeLayer,
  'zero-init': zeroInit,
  'init-distributions': initDistributions,
  'vanishing-gradients': vanishingGradients,
  'dying-relu': dyingRelu,
  'custom-or-automatic': customOrAutomatic,
  'silent-mistakes': silentMistakes,
};
