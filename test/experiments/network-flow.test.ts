import { expect, test } from 'vitest';
import { compare } from '../../src/check/compare.ts';
import { toleranceOf } from '../../src/check/tolerance.ts';
import { fiveLayerSetup, LAYERS } from '../../src/experiments/five-layer.ts';
import { flowingGradients, flowingValues } from '../../src/experiments/network-flow.ts';
import { methods } from '../../src/gradients/methods.ts';
import { batchShape } from '../../src/model/batch.ts';
import { type Matrix, zeros } from '../../src/numeric/matrix.ts';
import { type Params, slotValues, zeroParams } from '../../src/params/params.ts';

const setup = (seed: number) =>
  fiveLayerSetup({ hidden: 'sigmoid', start: 'unit', seed, epochs: 0 });

/** ∂W_l = Δ_lᵀ A_l−1 and ∂b_l = Σ Δ_l, from what flows forwards and backwards. */
function assembled(into: Params, values: readonly Matrix[], flow: readonly Matrix[]): void {
  for (const layer of LAYERS) {
    const [a, delta] = [values[2 * layer - 2]!, flow[2 * layer - 1]!];
    const [weight, bias] = ['weight', 'bias'].map((k) => slotValues(into, `fc${layer}.${k}`));
    for (let row = 0; row < a.rows; row++) {
      for (let j = 0; j < delta.cols; j++) {
        const d = delta.data[row * delta.cols + j]!;
        bias![j]! += d;
        for (let k = 0; k < a.cols; k++) weight![j * a.cols + k]! += d * a.data[row * a.cols + k]!;
      }
    }
  }
}

async function verdict(seed: number, scale: number): Promise<string> {
  const { model, params, split } = setup(seed);
  const batch = split.train;
  const outputs = zeros(batch.inputs.rows, 1);
  const grads = zeroParams(model.layout);
  const found = await methods['tape-fused'].prepare(model, batchShape(batch));
  if (found.kind !== 'prepared') throw new Error(found.why);
  const loss = found.run.valueAndGrad(params, batch, grads, { outputs });

  const flow = await flowingGradients(model, params, batch);
  const third = flow[5]!; // Δ_3
  third.data.forEach((value, i) => {
    third.data[i] = value * scale;
  });
  const own = zeroParams(model.layout);
  assembled(own, flowingValues(model, params, batch), flow);
  const tolerance = toleranceOf({ model, params, batch, dtype: 'float64' });
  return compare({ loss, outputs, grads: own }, { loss, outputs, grads }, tolerance).verdict;
}

test.each([0, 1, 2])('what flows makes the gradients of every layer (seed %i)', async (seed) => {
  expect(await verdict(seed, 1)).toBe('agrees');
});

test('a flow wrong by a millionth is seen', async () => {
  expect(await verdict(0, 1 + 1e-6)).toBe('disagrees');
});

test('the first of the values are the inputs', () => {
  const { model, params, split } = setup(0);
  expect(flowingValues(model, params, split.dev)[0]).toEqual({
    ...split.dev.inputs,
    data: Float64Array.from(split.dev.inputs.data),
  });
});
