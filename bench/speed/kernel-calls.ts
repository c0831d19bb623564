import { batchShape } from '../../src/model/batch.ts';
import { fast } from '../../src/numeric/kernels/fast.ts';
import { wrapKernels } from '../../src/numeric/kernels/wrap.ts';
import { zeroParams } from '../../src/params/params.ts';
import type { Workload } from '../../src/training/workloads.ts';
import { prepareOrThrow } from './training-row.ts';
import type { Variant } from './variants.ts';

/** Kernels that the variant calls for one loss with all its gradients. */
export async function kernelCalls(variant: Variant, workload: Workload): Promise<number> {
  const { model, params, batch } = workload;
  let calls = 0;
  const kernels = wrapKernels(fast, (call) => {
    calls++;
    call();
  });
  const run = await prepareOrThrow(variant.over(kernels), model, batchShape(batch));
  // What was called to prepare is no part of a step.
  calls = 0;
  run.valueAndGrad(params, batch, zeroParams(model.layout));
  return calls;
}
