import { describe, expect } from 'vitest';
import { ulp } from '../../src/numeric/ulp.ts';
import { layoutOf } from '../../src/params/layout.ts';
import type { Params } from '../../src/params/params.ts';
import { type SgdOptions, sgd, sgdStepInPlace } from '../../src/training/sgd.ts';
import { fc, test } from '../property.ts';

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

describe('sgd', () => {
  const numbers = fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), {
    minLength: 4,
    maxLength: 4,
  });
  const rate = fc.double({ min: 0, max: 1, noNaN: true });

  test.prop([numbers, fc.array(numbers, { minLength: 1, maxLength: 6 }), rate, rate])(
    'with momentum: v ← μv + g, θ ← θ − ηv, from v = 0',
    (start, steps, learningRate, momentum) => {
      const params = of(...start);
      const state = sgd({ learningRate, momentum }).start(layout, 'float64');
      const theta = [...start];
      const v = [0, 0, 0, 0];
      for (const g of steps) {
        state.stepInPlace(params, of(...g));
        for (let i = 0; i < 4; i++) {
          v[i] = momentum * v[i]! + g[i]!;
          theta[i]! -= learningRate * v[i]!;
        }
      }
      expect(Array.from(params.values)).toEqual(theta);
    },
  );

  test.each([0, 0.9])('momentum %d takes the steps of torch.optim.SGD', (momentum) => {
    // torch 2.13.0, float64: SGD([p], lr=0.1, momentum=momentum), p after each of three steps.
    const torch = {
      0: [
        [0.9, -2.2, 0.8, 2.95],
        [0.925, -2.4000000000000004, 0.7000000000000001, 2.95],
        [0.525, -2.3000000000000003, 0.6875000000000001, 3.1500000000000004],
      ],
      0.9: [
        [0.9, -2.2, 0.8, 2.95],
        [0.835, -2.58, 0.9700000000000001, 2.9050000000000002],
        [0.37649999999999995, -2.822, 1.1105, 3.0645000000000002],
      ],
    }[momentum]!;
    const params = of(1, -2, 0.5, 3);
    const state = sgd({ learningRate: 0.1, momentum }).start(layout, 'float64');
    [of(1, 2, -3, 0.5), of(-0.25, 2, 1, 0), of(4, -1, 0.125, -2)].forEach((grads, step) => {
      state.stepInPlace(params, grads);
      // torch may round product and sum at once: half an ulp of what is subtracted, and of each sum.
      params.values.forEach((value, i) => {
        expect(Math.abs(value - torch[step]![i]!)).toBeLessThanOrEqual((step + 1) * ulp(4));
      });
    });
  });

  test('without momentum a step is sgdStepInPlace, bit for bit', () => {
    const [a, b, grads] = [of(1, -2, 0.3, 4), of(1, -2, 0.3, 4), of(0.7, 0.1, -3, 0)];
    sgd({ learningRate: 0.3 }).start(layout, 'float64').stepInPlace(a, grads);
    sgdStepInPlace(b, grads, 0.3);
    expect(a).toEqual(b);
  });

  test('float32 state is float32: v is rounded at every step', () => {
    const f32 = (...values: number[]): Params => ({ layout, values: Float32Array.from(values) });
    const state = sgd({ learningRate: 1, momentum: 0.7 }).start(layout, 'float32');
    let params = f32(0, 0, 0, 0);
    for (const g of [1, 0, 0]) {
      params = f32(0, 0, 0, 0); // so that a step shows v itself
      state.stepInPlace(params, f32(g, g, g, g));
    }
    const twice = Math.fround(0.7 * Math.fround(0.7));
    expect(twice).not.toBe(Math.fround(0.7 * 0.7)); // what v in doubles would give
    expect(params).toEqual(f32(-twice, -twice, -twice, -twice));
  });

  test('two states of one optimiser have nothing in common', () => {
    const optimiser = sgd({ learningRate: 1, momentum: 1 });
    const [first, second] = [
      optimiser.start(layout, 'float64'),
      optimiser.start(layout, 'float64'),
    ];
    const [a, b] = [of(0, 0, 0, 0), of(0, 0, 0, 0)];
    first.stepInPlace(a, of(1, 1, 1, 1));
    second.stepInPlace(b, of(1, 1, 1, 1));
    expect(b).toEqual(a); // no velocity of the first
  });

  test.each([0, 0.9])(
    'momentum %d: params or gradients of another layout are refused, and nothing is changed',
    (momentum) => {
      const other = layoutOf([{ name: 'w', shape: [4] }]);
      const foreign = { layout: other, values: new Float64Array(4).fill(1) };
      const state = sgd({ learningRate: 1, momentum }).start(layout, 'float64');
      const params = of(1, 2, 3, 4);
      expect(() => state.stepInPlace(foreign, of(1, 1, 1, 1))).toThrow(
        'sgd params: slot 0 is w [4], expected w [2,1]',
      );
      expect(() => state.stepInPlace(params, foreign)).toThrow(
        'sgd gradients: slot 0 is w [4], expected w [2,1]',
      );
      expect([...params.values, ...foreign.values]).toEqual([1, 2, 3, 4, 1, 1, 1, 1]);
      state.stepInPlace(params, of(1, 1, 1, 1));
      expect(Array.from(params.values)).toEqual([0, 1, 2, 3]); // no velocity of what was refused
    },
  );

  test.each([
    [{ learningRate: -0.1 }, 'sgd learningRate: got -0.1, expected a finite number from 0 on'],
    [{ learningRate: Number.NaN }, 'sgd learningRate: got NaN'],
    [{ learningRate: Number.POSITIVE_INFINITY }, 'sgd learningRate: got Infinity'],
    [{ learningRate: '0.2' }, 'sgd learningRate: got 0.2, expected a finite number'],
    [{}, 'sgd learningRate: got undefined'],
    [{ learningRate: 1, momentum: -1 }, 'sgd momentum: got -1'],
    [{ learningRate: 1, momentum: Number.NaN }, 'sgd momentum: got NaN'],
    [{ lr: 0.2 }, 'sgd: unknown option "lr"; there are learningRate, momentum'],
  ])('%j is refused', (options, message) => {
    expect(() => sgd(options as SgdOptions)).toThrow(message); // from a caller without types
  });

  test('the name says the rates', () => {
    expect(sgd({ learningRate: 0.2 }).name).toBe('SGD, learning rate 0.2');
    expect(sgd({ learningRate: 0.2, momentum: 0.9 }).name).toBe(
      'SGD, learning rate 0.2, momentum 0.9',
    );
  });
});
