import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/check/judge.ts';
import type {
  GradientMethod,
  PreparedGradient,
  PrepareOptions,
} from '../../src/gradients/method.ts';
import { mlp } from '../../src/model/model.ts';
import { copyMatrix, zeros } from '../../src/numeric/matrix.ts';
import { copyParams, zeroParams } from '../../src/params/params.ts';
import { smallProblem } from '../random-problem.ts';

/** A prepared run, or an error that says why not. */
export async function prepare(
  method: GradientMethod,
  { model, batch }: Problem,
  options: PrepareOptions = { wrt: 'params+inputs' },
): Promise<PreparedGradient> {
  const preparation = await method.prepare(model, { rows: batch.inputs.rows }, options);
  if (preparation.kind !== 'prepared') throw new Error(preparation.why);
  return preparation.run;
}

/** What every method owes its callers, whatever it computes. */
export function keepsTheContract(method: GradientMethod): void {
  const given = smallProblem(mlp([2, 3, 1]), 2, 7);
  const { model, params, batch } = given;

  describe(`${method.name}: the contract`, () => {
    it('overwrites what it fills, and leaves params and batch alone', async () => {
      const run = await prepare(method, given);
      const [before, inputs, targets] = [
        copyParams(params),
        copyMatrix(batch.inputs),
        copyMatrix(batch.targets),
      ];
      const fill = (): unknown => {
        const into = zeroParams(model.layout);
        into.values.fill(99);
        const outputs = zeros(2, 1);
        const dInputs = zeros(2, 2);
        dInputs.data.fill(99);
        const loss = run.valueAndGrad(params, batch, into, { outputs, inputs: dInputs });
        return { loss, into, outputs, dInputs };
      };
      expect(fill()).toEqual(fill());
      expect({ params, batch }).toEqual({ params: before, batch: { inputs, targets } });
    });

    it('stores in the precision it is given', async () => {
      const run = await prepare(method, given);
      const [wide, narrow] = [zeroParams(model.layout), zeroParams(model.layout, 'float32')];
      run.valueAndGrad(params, batch, wide);
      run.valueAndGrad(params, batch, narrow);
      expect(narrow.values).toEqual(Float32Array.from(wide.values));
    });

    it('refuses what was not prepared, before it writes', async () => {
      const run = await prepare(method, given, {});
      const into = zeroParams(model.layout);
      const other = zeroParams(mlp([2, 4, 1]).layout);
      const rows = smallProblem(model, 3, 1).batch;
      const cols = { ...batch, inputs: zeros(2, 5) };
      const nan = { ...batch, inputs: { ...batch.inputs, data: new Float64Array(4).fill(NaN) } };
      expect(() => run.valueAndGrad(other, batch, into)).toThrow(/params: slot 0 is fc1.weight/);
      expect(() => run.valueAndGrad(params, batch, other)).toThrow(/gradient to fill: slot 0/);
      expect(() => run.valueAndGrad(params, rows, into)).toThrow(/got shape 3×2, expected 2×2/);
      expect(() => run.valueAndGrad(params, cols, into)).toThrow(/got shape 2×5, expected 2×2/);
      expect(() => run.valueAndGrad(params, nan, into)).toThrow(/inputs\[0,0\]: got NaN/);
      expect(() => run.valueAndGrad(params, batch, into, { inputs: zeros(2, 2) })).toThrow(
        /prepare with wrt: 'params\+inputs'/,
      );
      expect(() => run.valueAndGrad(params, batch, into, { outputs: zeros(1, 1) })).toThrow(
        /outputs to fill: got shape 1×1, expected 2×1/,
      );
      expect(into).toEqual(zeroParams(model.layout));
    });
  });
}
