import type { ExperimentContext } from '../../src/experiments/experiment.ts';

/** Two seeds, so that a test takes seconds; nothing recorded. */
export const testContext = (changes: Partial<ExperimentContext> = {}): ExperimentContext => ({
  seed: 0,
  seeds: [0, 1],
  header: [],
  recorded: { speed: null, material: null },
  progress: () => {},
  ...changes,
});
