import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { layoutOf } from '../../src/params/layout.ts';
import type { Params } from '../../src/params/params.ts';
import { sgdStepInPlace } from '../../src/training/sgd.ts';

const layout = layoutOf([
  { name: 'w', shape: [2, 1] },
  { name: 'b', shape: [2] },
]);
const of = (...values: number[]): Params => ({ layout, values: Float64Array.from(values) });

describe('sgdStepInPlace', () => {
  const four = fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), {
    minLength: 4,
    maxLength: 4,
  });

  test.prop([four, four, fc.double({ min: 0, max: 1, noNaN: true })])(
    'θ becomes θ − ηg, entry by entry; the gradients stay',
    (theta, g, rate) => {
      const params = of(...theta);
      const grads = of(...g);
      sgdStepInPlace(params, grads, rate);
      expect(Array.from(params.values)).toEqual(theta.map((v, i) => v - rate * g[i]!));
      expect(Array.from(grads.values)).toEqual(g);
    },
  );

  test('gradients of another layout are refused and nothing is changed', () => {
    const params = of(1, 2, 3, 4);
    const other = layoutOf([
      { name: 'w', shape: [1, 2] },
      { name: 'b', shape: [2] },
    ]);
    const grads = { layout: other, values: new Float64Array(4).fill(1) };
    expect(() => sgdStepInPlace(params, grads, 1)).toThrow(
      'sgd gradients: slot 0 is w [1,2], expected w [2,1]',
    );
    expect(Array.from(params.values)).toEqual([1, 2, 3, 4]);
  });
});
