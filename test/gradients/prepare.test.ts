import { describe, expect, it } from 'vitest';
import type { PrepareOptions } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { recordedMethod } from '../../src/gradients/pytorch.ts';
import { mlp } from '../../src/model/model.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { zeroParams } from '../../src/params/params.ts';
import { smallProblem } from '../random-problem.ts';
import { prepare } from './oracle-contract.ts';

const model = mlp([2, 1]);
const given = smallProblem(model, 2, 1);

/** What a caller without types may bring. */
const unchecked = (options: object): PrepareOptions => options;

describe.each([...Object.values(methods), recordedMethod([])])('$name', (method) => {
  it.each([-3, 0, 1.5, Number.NaN])('a batch of %d rows is refused', async (rows) => {
    await expect(method.prepare(model, { rows })).rejects.toThrow(
      new RangeError(`batch rows: got ${rows}, expected a positive integer`),
    );
  });

  it('an unknown dtype or wrt is refused, with what there is', async () => {
    await expect(
      method.prepare(model, { rows: 1 }, unchecked({ dtype: 'float16' })),
    ).rejects.toThrow(new RangeError('dtype: unknown "float16"; there are float64, float32'));
    await expect(method.prepare(model, { rows: 1 }, unchecked({ wrt: 'inputs' }))).rejects.toThrow(
      new RangeError('wrt: unknown "inputs"; there are params, params+inputs'),
    );
  });
});

it.each(Object.values(methods))(
  '$name: an uncertainty of another layout is refused, and nothing is filled',
  async (method) => {
    const run = await prepare(method, given);
    const [into, uncertainty] = [zeroParams(model.layout), zeroParams(mlp([2, 2]).layout)];
    expect(() => run.valueAndGrad(given.params, given.batch, into, { uncertainty })).toThrow(
      'uncertainty to fill: slot 0 is fc1.weight [2,2], expected fc1.weight [1,2]',
    );
    expect(into).toEqual(zeroParams(model.layout));
  },
);

it.each(Object.values(methods))(
  '$name: so is an uncertainty of inputs of another shape',
  async (method) => {
    const run = await prepare(method, given);
    const [into, inputsUncertainty] = [zeroParams(model.layout), zeros(9, 9)];
    expect(() => run.valueAndGrad(given.params, given.batch, into, { inputsUncertainty })).toThrow(
      'input uncertainty to fill: got shape 9×9, expected 2×2',
    );
    expect(into).toEqual(zeroParams(model.layout));
  },
);
