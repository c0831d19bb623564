import { batchShape } from '../../src/model/batch.ts';
import { fast } from '../../src/numeric/kernels/fast.ts';
import type { Kernels } from '../../src/numeric/kernels/kernels.ts';
import { zeroParams } from '../../src/params/params.ts';
import type { Workload } from '../../src/training/workloads.ts';
import { prepareOrThrow } from './training-row.ts';
import type { Variant } from './variants.ts';

/** Kernels that the variant calls for one loss with all its gradients. */
export async function kernelCalls(variant: Variant, workload: Workload): Promise<number> {
  const { model, params, batch } = workload;
  let calls = 0;
  const counted = Object.fromEntries(
    Object.entries(fast).map(([name, kernel]) => [
      name,
      (...operands: Parameters<typeof kernel>) => {
        calls++;
        (kernel as (...all: unknown[]) => void)(...operands);
      },
    ]),
  );
  // The same names, each with its own operands.
  const kernels = counted as unknown as Kernels;
  const run = await prepareOrThrow(variant.over(kernels), model, batchShape(batch));
  // What was called to prepare is no part of a step.
  calls = 0;
  run.valueAndGrad(params, batch, zeroParams(model.layout));
  return calls;
}
