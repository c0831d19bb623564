import { batchRows } from '../../../src/model/batch.ts';
import { type Workload, type WorkloadId, workloads } from '../../../src/training/workloads.ts';

/** A workload's batch cut to so many rows. */
export interface FirstRows {
  readonly workload: WorkloadId;
  readonly rows: number;
}

/** The workload with its batch cut to its first rows, whose memory it shares. */
export function firstRows({ workload, rows }: FirstRows): Workload {
  const whole = workloads[workload]();
  return { ...whole, batch: batchRows(whole.batch, 0, rows) };
}
