import { checkModel } from '../../../src/check/model/check-model.ts';
import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { Workload, WorkloadId } from '../../../src/training/workloads.ts';

/** A workload's first rows, whose every gradient entry is checked, and the time that may take. */
export interface NetworkLimit {
  readonly workload: WorkloadId;
  readonly rows: number;
  /** Seconds. */
  readonly limit: number;
}

export const NETWORKS: readonly NetworkLimit[] = [
  { workload: 'W5', rows: 32, limit: 0.15 },
  { workload: 'W4', rows: 4, limit: 0.05 },
];

/** One check of every entry of the hand-derived gradient. */
export const checkWhole = ({ model, params, batch }: Workload): Promise<ModelCheck> =>
  checkModel(model, params, batch, manualFused);
