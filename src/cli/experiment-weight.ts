import type { ExperimentName } from '../experiments/experiment.ts';

/**
 * About how many seconds of a core an experiment takes. The longest starts first, so that no core
 * waits for one that began last, and the bar moves evenly; figures that are wrong by half change how
 * long a run takes, and no page.
 */
export const WEIGHT: { readonly [N in ExperimentName]: number } = {
  'two-layer': 5,
  'three-layer': 18,
  'zero-init': 29,
  'init-distributions': 1,
  'vanishing-gradients': 3,
  'dying-relu': 18,
  'custom-or-automatic': 35,
  'silent-mistakes': 50,
};
