import { describe, expect } from 'vitest';
import { evaluate } from '../../src/model/forward.ts';
import { batchOf, flattenLeading, restoreLeading } from '../../src/model/leading.ts';
import { mlp } from '../../src/model/model.ts';
import { double } from '../../src/numeric/double.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { tensorOf } from '../../src/numeric/tensor.ts';
import { initialise } from '../../src/params/initialise.ts';
import { fc, test } from '../property.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

describe('leading dimensions', () => {
  test.prop([shapes, fc.integer({ min: 1, max: 3 })])(
    '[batch, *, in] goes through as rows and comes back as [batch, *, out]',
    (shape, out) => {
      const size = shape.reduce((a, b) => a * b);
      const values = Float64Array.from({ length: size }, (_, i) => i);
      const matrix = flattenLeading({ shape, values });
      expect([matrix.rows * matrix.cols, matrix.cols]).toEqual([size, shape.at(-1)]);
      expect(matrix.data).toBe(values);
      const outputs = matrixOf(Array.from({ length: matrix.rows }, () => new Array(out).fill(7)));
      const restored = restoreLeading(shape, outputs);
      expect(restored.shape).toEqual([...shape.slice(0, -1), out]);
      expect(restored.values).toBe(outputs.data);
    },
  );

  test('a [2, 3, 4] batch has the loss and outputs of its six rows', () => {
    const model = mlp([4, 5, 2]);
    const params = Array.from(initialise(model.layout).values);
    const nested = [0, 1].map((a) => [0, 1, 2].map((b) => [a, b, a - b, 1]));
    const targets = [0, 1].map((a) => [0, 1, 2].map((b) => [a, b % 2]));
    const batch = batchOf(model, tensorOf(nested), tensorOf(targets));
    const rows = { inputs: matrixOf(nested.flat()), targets: matrixOf(targets.flat()) };
    expect(batch).toEqual(rows);
    const { outputs, loss } = evaluate(double, model, params, batch);
    expect(loss).toBe(evaluate(double, model, params, rows).loss);
    expect(restoreLeading([2, 3, 4], matrixOf(outputs)).shape).toEqual([2, 3, 2]);
  });

  test('class indices have the leading dimensions only', () => {
    const model = mlp([4, 3], { output: 'identity', loss: 'cross_entropy' });
    const inputs = { shape: [2, 2, 4], values: new Float64Array(16) };
    const batch = batchOf(
      model,
      inputs,
      tensorOf([
        [0, 1],
        [2, 0],
      ]),
    );
    expect([batch.targets.rows, batch.targets.cols]).toEqual([4, 1]);
    expect(() =>
      batchOf(
        model,
        inputs,
        tensorOf([
          [[0], [1]],
          [[2], [0]],
        ]),
      ),
    ).toThrow('targets: got shape [2,2,1], expected [2,2] for inputs [2,2,4]');
  });

  test('shapes that do not fit are one error each', () => {
    const values = new Float64Array(6);
    expect(() => flattenLeading({ shape: [], values })).toThrow(
      'inputs: got shape [], expected [batch, *, in]',
    );
    expect(() => flattenLeading({ shape: [2, 2], values })).toThrow('got 6 values, expected 4');
    expect(() => restoreLeading([2, 3, 4], matrixOf([[1], [2]]))).toThrow(
      'outputs: got 2 rows, expected 6 for inputs [2,3,4]',
    );
    const model = mlp([3, 1]);
    const inputs = { shape: [2, 3], values };
    expect(() => batchOf(model, inputs, tensorOf([1, 0]))).toThrow(
      'targets: got shape [2], expected [2,1] for inputs [2,3]',
    );
  });
});

describe('tensorOf', () => {
  test('nested arrays become shape and row-major values', () => {
    expect(tensorOf([[[1, 2]], [[3, 4]], [[5, 6]]])).toEqual({
      shape: [3, 1, 2],
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
    });
    expect(tensorOf(5, 'float32')).toEqual({ shape: [], values: Float32Array.of(5) });
    expect(tensorOf([])).toEqual({ shape: [0], values: new Float64Array(0) });
  });

  test.each([
    [[[1, 2], [3]], 'tensor[1]: got 1 values, expected 2 values'],
    [[[1], 2], 'tensor[1]: got a number, expected 1 values'],
    [[1, [2]], 'tensor[1]: got 1 values, expected a number'],
  ])('ragged %j says where', (nested, message) => {
    expect(() => tensorOf(nested)).toThrow(message);
  });
});
