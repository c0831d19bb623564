import { expect } from 'vitest';
import type { Problem } from '../../src/check/judge.ts';
import { exactReference } from '../../src/gradients/exact/reference.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { type Decimal, decimalsOf, exactDecimal } from '../../src/numeric/decimal.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { zeroParams } from '../../src/params/params.ts';
import type { Bounded } from '../expression/running-error.ts';
import { prepare } from './oracle-contract.ts';
import { roundingBounds } from './rounding-bounds.ts';

const D = decimalsOf(60);

/** Expects every number a method returns within `factor` times its rounding bound of the exact one. */
export async function expectWithinRounding(
  method: GradientMethod,
  scenario: Problem,
  factor: number,
  underflow = 0,
): Promise<void> {
  const { model, params, batch } = scenario;
  const bounds = await roundingBounds(scenario);
  const run = await prepare(method, scenario);
  const exact = (await exactReference(model))(params, batch);

  const into = zeroParams(model.layout);
  const outputs = zeros(batch.inputs.rows, model.outputs);
  const inputs = zeros(batch.inputs.rows, model.inputs);
  const loss = run.valueAndGrad(params, batch, into, { outputs, inputs });

  const hold = (
    what: string,
    got: ArrayLike<number>,
    want: readonly Decimal[],
    bound: readonly Bounded[],
  ): void => {
    expect(got.length, what).toBe(want.length);
    want.forEach((value, i) => {
      const error = exactDecimal(D, got[i]!).minus(value).abs().toNumber();
      const allowed = factor * bound[i]!.error + underflow;
      expect(error, `${what}[${i}] got ${got[i]}, exact ${value}`).toBeLessThanOrEqual(allowed);
    });
  };
  hold('loss', [loss], [exact.loss], [bounds.loss]);
  hold('outputs', outputs.data, exact.outputs, bounds.outputs);
  hold('params', into.values, exact.params, bounds.params);
  hold('inputs', inputs.data, exact.inputs, bounds.inputs);
}
