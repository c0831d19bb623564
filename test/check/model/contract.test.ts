import { expect, test } from 'vitest';
import { basePoint } from '../../../src/check/model/base-point.ts';
import { contract } from '../../../src/check/model/contract.ts';
import { networkOf } from '../../../src/check/model/network.ts';
import { mlp } from '../../../src/model/model.ts';
import { smallProblem } from '../../random-problem.ts';

const model = mlp([2, 3], { output: 'identity', loss: { kind: 'mse', reduction: 'mean' } });
const problem = smallProblem(model, 2, 1);
problem.batch.inputs.data.set([1, -2, 3, 0.5]);

test('dW = δᵀa and db = δᵀ1 by the divisor; the bars are Uᵀ|a| and Uᵀ1, and nothing cancels in them', () => {
  const network = networkOf(problem);
  // δ and U of two rows, three units: the second unit has a bar only, the third neither.
  const deltas = [
    {
      value: Float64Array.of(6, 0, 0, -12, 0, 0),
      bar: Float64Array.of(0.6, 1.2, 0, 0.6, 1.8, 0),
    },
  ];
  const { value, bar } = contract(network, basePoint(network), deltas);
  expect(network.divisor).toBe(6);
  const close = (got: Float64Array, want: readonly number[]): void =>
    want.forEach((v, i) => {
      expect(got[i]).toBeCloseTo(v, 14);
    });
  close(value, [1 - 6, -2 - 1, 0, 0, 0, 0, -1, 0, 0]);
  close(bar, [0.1 + 0.3, 0.2 + 0.05, 0.2 + 0.9, 0.4 + 0.15, 0, 0, 0.2, 0.5, 0]);
});

test('a layer without bias fills its weights alone', () => {
  const bare = mlp([2, 1], { output: 'identity', loss: 'mse', bias: false });
  const network = networkOf(smallProblem(bare, 1, 1));
  const delta = { value: Float64Array.of(1), bar: Float64Array.of(1) };
  const { value, bar } = contract(network, basePoint(network), [delta]);
  expect([value.length, bar.length]).toEqual([2, 2]);
  expect(Array.from(bar)).toEqual(Array.from(value, Math.abs));
});
