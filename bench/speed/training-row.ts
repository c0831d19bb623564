import type { GradientMethod, PreparedGradient } from '../../src/gradients/method.ts';
import type { BatchShape } from '../../src/model/batch.ts';
import type { Model } from '../../src/model/model.ts';
import { copyParams, zeroParams } from '../../src/params/params.ts';
import { sgdStepInPlace } from '../../src/training/sgd.ts';
import type { Workload } from '../../src/training/workloads.ts';
import type { Baseline } from '../baselines/baseline.ts';
import type { TimedRow } from '../timing/timed-row.ts';

/** A prepared method as a row: a step is the loss, all gradients and the SGD update. */
export function methodRow(name: string, workload: Workload, run: PreparedGradient): TimedRow {
  const { batch, learningRate } = workload;
  const params = copyParams(workload.params);
  const grads = zeroParams(params.layout);
  return {
    name,
    step: () => {
      const loss = run.valueAndGrad(params, batch, grads);
      sgdStepInPlace(params, grads, learningRate);
      return loss;
    },
    reset: () => params.values.set(workload.params.values),
  };
}

/** A baseline as a row: the same step in its own code. */
export const baselineRow = (name: string, workload: Workload, baseline: Baseline): TimedRow => ({
  name,
  step: () => baseline.step(workload.learningRate),
  reset: () => baseline.load(workload.params),
});

/** For methods that every workload given to them must suit. */
export async function prepareOrThrow(
  method: GradientMethod,
  model: Model,
  shape: BatchShape,
): Promise<PreparedGradient> {
  const preparation = await method.prepare(model, shape);
  if (preparation.kind === 'prepared') return preparation.run;
  throw new Error(`${method.name} on ${model.name}: unsupported: ${preparation.why}`);
}
