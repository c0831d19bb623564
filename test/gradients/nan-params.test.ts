import { describe, expect, test } from 'vitest';
import { methods } from '../../src/gradients/methods.ts';
import { mlp } from '../../src/model/model.ts';
import { complex, complexOf } from '../../src/numeric/complex.ts';
import { decimalArithmetic } from '../../src/numeric/decimal.ts';
import { double } from '../../src/numeric/double.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { zeroParams } from '../../src/params/params.ts';

describe('NaN cannot hide behind a branch', () => {
  test('choose by NaN is NaN in every arithmetic', () => {
    const one = () => 1;
    expect(double.choose(Number.NaN, one, one)).toBeNaN();
    const unit = () => complexOf(1);
    expect(complex.choose(complexOf(Number.NaN), unit, unit).re).toBeNaN();
    const decimals = decimalArithmetic(30);
    const ten = () => decimals.constant(10);
    expect(decimals.choose(decimals.constant(Number.NaN), ten, ten).isNaN()).toBe(true);
  });

  // A clamped logarithm once made 100 of it, with gradient 0.
  test.each(['complex-step', 'symbolic'] as const)(
    '%s: NaN params give a NaN loss',
    async (name) => {
      const model = mlp([1, 1]);
      const prepared = await methods[name].prepare(model, { rows: 1 });
      if (prepared.kind === 'unsupported') throw new Error(prepared.why);
      const params = zeroParams(model.layout);
      params.values.fill(Number.NaN);
      const batch = { inputs: matrixOf([[1]]), targets: matrixOf([[1]]) };
      expect(prepared.run.valueAndGrad(params, batch, zeroParams(model.layout))).toBeNaN();
    },
  );
});
