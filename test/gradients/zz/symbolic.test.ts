import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { loadMathjs } from '../../../src/expression/mathjs.ts';
import type { GradientMethod, PreparedGradient } from '../../../src/gradients/method.ts';
import { symbolic } from '../../../src/gradients/symbolic.ts';
import { mlp } from '../../../src/model/model.ts';
import { zeroParams } from '../../../src/params/params.ts';
import { scenario, scenarios } from '../../expression/small-networks.ts';
import { expectWithinRounding } from '../hold-to-exact.ts';
import { keepsTheContract, prepare } from '../oracle-contract.ts';

await loadMathjs();

describe('symbolic', () => {
  // The graph's own code: its running error bounds it, without a factor.
  test.prop([scenarios], { numRuns: 500 })(
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
    const given = scenario(mlp([2, 5, 1]), 2, 3);
    await expect(expectWithinRounding(wrong, given, 1)).rejects.toThrow(/params\[0\] got/);
  });

  it('handles the five-layer network, ReLU and sigmoid', async () => {
    for (const hidden of ['relu', 'sigmoid'] as const) {
      const model = mlp([2, 3, 3, 3, 3, 1], { hidden });
      await expectWithinRounding(symbolic, scenario(model, 1, 3), 1);
    }
  });

  it('stays finite where the branch not taken overflows', async () => {
    for (const hidden of ['elu', 'relu', 'tanh'] as const) {
      const model = mlp([1, 2, 1], { hidden, output: 'identity', loss: 'bce_with_logits' });
      for (const x of [-900, 900]) {
        const given = scenario(model, 1, 0);
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
