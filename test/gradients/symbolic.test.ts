import { describe, expect, it } from 'vitest';
import { loadMathjs } from '../../src/expression/mathjs.ts';
import type { GradientMethod, PreparedGradient } from '../../src/gradients/method.ts';
import { symbolic } from '../../src/gradients/symbolic.ts';
import { mlp } from '../../src/model/model.ts';
import { zeroParams } from '../../src/params/params.ts';
import { test } from '../property.ts';
import { smallProblem, smallProblems } from '../random-problem.ts';
import { expectWithinRounding } from './hold-to-exact.ts';
import { keepsTheContract, prepare } from './oracle-contract.ts';

await loadMathjs();
keepsTheContract(symbolic);

describe('symbolic', () => {
  // The graph's own code: its running error bounds it, without a factor.
  test.prop([smallProblems], { numRuns: 25 })(
    'loss, outputs and gradients lie within their rounding of the exact ones',
    (given) => expectWithinRounding(symbolic, given, 1),
  );

  it('that bound is sharp: gradients too large by 1 in 10¹³ are outside', async () => {
    const wrong: GradientMethod = {
      name: 'symbolic',
      prepare: async (...args) => {
        const right = await symbolic.prepare(...args);
        if (right.kind !== 'prepared') return right;
        const run: PreparedGradient = {
          valueAndGrad(params, batch, into, extra) {
            const loss = right.run.valueAndGrad(params, batch, into, extra);
            into.values.forEach((v, i) => {
              into.values[i] = v * (1 + 1e-13);
            });
            return loss;
          },
        };
        return { kind: 'prepared', run };
      },
    };
    const given = smallProblem(mlp([2, 5, 1]), 2, 3);
    await expect(expectWithinRounding(wrong, given, 1)).rejects.toThrow(/params\[0\] got/);
  });

  it('a mean is over all entries of a batch, 7 rows × 2 outputs: by sums written out', async () => {
    const model = mlp([3, 2], { output: 'identity', loss: 'mse' });
    const { params, batch } = smallProblem(model, 7, 4);
    const [x, y, w] = [batch.inputs.data, batch.targets.data, params.values];
    let loss = 0;
    const expected = new Float64Array(8); // weight [2,3], then bias [2]
    for (let n = 0; n < 7; n++) {
      for (let o = 0; o < 2; o++) {
        let miss = w[6 + o]! - y[n * 2 + o]!;
        for (let i = 0; i < 3; i++) miss += w[o * 3 + i]! * x[n * 3 + i]!;
        loss += miss ** 2 / 14;
        for (let i = 0; i < 3; i++) expected[o * 3 + i]! += (2 * miss * x[n * 3 + i]!) / 14;
        expected[6 + o]! += (2 * miss) / 14;
      }
    }
    const into = zeroParams(model.layout);
    const run = await prepare(symbolic, { model, params, batch, dtype: 'float64' });
    expect(run.valueAndGrad(params, batch, into)).toBeCloseTo(loss, 13);
    into.values.forEach((v, i) => {
      expect(v).toBeCloseTo(expected[i]!, 13);
    });
  });

  it('handles the five-layer network, ReLU and sigmoid', async () => {
    for (const hidden of ['relu', 'sigmoid'] as const) {
      const model = mlp([2, 3, 3, 3, 3, 1], { hidden });
      await expectWithinRounding(symbolic, smallProblem(model, 1, 3), 1);
    }
  });

  it('stays finite where the branch not taken overflows', async () => {
    for (const hidden of ['elu', 'relu', 'tanh'] as const) {
      const model = mlp([1, 2, 1], { hidden, output: 'identity', loss: 'bce_with_logits' });
      for (const x of [-900, 900]) {
        const given = smallProblem(model, 1, 0);
        given.params.values.fill(1);
        given.batch.inputs.data.fill(x);
        const into = zeroParams(model.layout);
        const loss = (await prepare(symbolic, given)).valueAndGrad(given.params, given.batch, into);
        expect([loss, ...into.values].every(Number.isFinite), `${hidden} at ${x}`).toBe(true);
      }
    }
  });

  it('answers unsupported, with the size, where the expression is too large', async () => {
    const model = mlp([64, 64, 64, 64, 1], { hidden: 'tanh', output: 'identity', loss: 'mse' });
    const preparation = await symbolic.prepare(model, { rows: 32 });
    expect(preparation).toEqual({
      kind: 'unsupported',
      why: expect.stringMatching(/64-64-64-64-1: .* visit 1\.\de\+12 nodes, above 5000000/),
    });
  });
});
