import { type Batch, batchRows, batchShape } from '../../src/model/batch.ts';
import { moons } from '../../src/training/moons.ts';
import { type Workload, workloads } from '../../src/training/workloads.ts';
import { checkLoss } from './loss-check.ts';
import { type Measured, type MeasureOptions, measure } from './measure.ts';
import { methodRow, prepareOrThrow } from './training-row.ts';
import { type VariantName, variants } from './variants.ts';

/** From next to no arithmetic in a kernel call to next to nothing else. */
const BATCH_SIZES = [1, 64, 640, 64_000];

const COMPARED: readonly VariantName[] = ['manual-fused', 'manual-textbook', 'tape-fused'];

export interface BatchSize {
  readonly rows: number;
  readonly measured: readonly Measured[];
}

/** W1's network on batches of other sizes. `seconds` is for each of them. */
export async function measureBatchSizes(options: MeasureOptions): Promise<BatchSize[]> {
  const sizes: BatchSize[] = [];
  for (const [i, rows] of BATCH_SIZES.entries()) {
    const workload = withBatch(workloads.W1(), rows);
    const contenders = [];
    for (const { name, over } of variants.filter((variant) => COMPARED.includes(variant.name))) {
      const run = await prepareOrThrow(over(), workload.model, batchShape(workload.batch));
      const row = methodRow(name, workload, run);
      contenders.push({ row, check: (expected: number) => checkLoss(row, expected, rows) });
    }
    const onProgress = (share: number): void =>
      options.onProgress?.((i + share) / BATCH_SIZES.length);
    sizes.push({ rows, measured: await measure(contenders, { ...options, onProgress }) });
  }
  return sizes;
}

/** As many moons, from the workload's own where it has enough. */
function withBatch(workload: Workload, rows: number): Workload {
  const own = workload.batch.inputs.rows;
  const batch: Batch =
    rows <= own ? batchRows(workload.batch, 0, rows) : moons({ samples: rows, noise: 0.1 });
  return { ...workload, batch };
}
