import type { Problem } from '../../src/check/judge.ts';
import { evaluateGraph } from '../../src/expression/evaluate-graph.ts';
import { scheduleOf } from '../../src/expression/schedule.ts';
import { networkDerivative } from '../../src/expression/whole-network.ts';
import { batchDivisor, sampleInputs, sampleTargets } from '../../src/model/forward.ts';
import { type Bounded, runningError } from '../expression/running-error.ts';
import { fc } from '../property.ts';

/** Everything a method returns for a batch, and what doubles may do to each number. */
export interface BoundedGradient {
  readonly loss: Bounded;
  readonly outputs: readonly Bounded[];
  readonly params: readonly Bounded[];
  readonly inputs: readonly Bounded[];
}

/**
 * The whole network's derivative by running error analysis. Discards the scenario where rounding
 * may decide a branch or reaches a denominator: there no bound holds.
 */
export async function roundingBounds({ model, params, batch }: Problem): Promise<BoundedGradient> {
  const derived = await networkDerivative(model, 'params+inputs');
  if (derived.kind !== 'derived') throw new Error(`${model.name}: ${derived.kind}`);
  const { graph, loss, outputs, params: gradient, inputs } = derived.network;
  const schedule = scheduleOf(graph, [loss, ...outputs, ...gradient, ...inputs]);
  const a = runningError(() => fc.pre(false));
  const divisor = a.constant(batchDivisor(model, batch.inputs.rows));
  const from = 1 + model.outputs;
  const to = from + model.layout.size;

  let sums: readonly Bounded[] = new Array(1 + model.layout.size).fill(a.constant(0));
  const all = { outputs: [] as Bounded[], inputs: [] as Bounded[] };
  for (let row = 0; row < batch.inputs.rows; row++) {
    const variables = [
      ...params.values,
      ...sampleInputs(model, batch, row),
      ...sampleTargets(model, batch, row),
    ];
    const values = evaluateGraph(a, schedule, variables.map(a.constant));
    sums = sums.map((sum, i) => a.add(sum, i === 0 ? values[0]! : values[from + i - 1]!));
    all.outputs.push(...values.slice(1, from));
    all.inputs.push(...values.slice(to).map((v) => a.div(v, divisor)));
  }
  const [mean, ...grads] = sums.map((sum) => a.div(sum, divisor));
  const bounds = { loss: mean!, outputs: all.outputs, params: grads, inputs: all.inputs };
  fc.pre([mean!, ...grads, ...all.outputs, ...all.inputs].every((b) => Number.isFinite(b.error)));
  return bounds;
}
