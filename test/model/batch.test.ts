import { describe, expect, test } from 'vitest';
import { assertBatch, type Batch, batchRows } from '../../src/model/batch.ts';
import { type MlpOptions, mlp } from '../../src/model/model.ts';
import { matrixOf, zeros } from '../../src/numeric/matrix.ts';

const batchOf = (inputs: number[][], targets: number[][]): Batch => ({
  inputs: matrixOf(inputs),
  targets: matrixOf(targets),
});
const logits = { output: 'identity' } as const;

describe('a bad batch is one error that says where, got, expected', () => {
  test.each<[string, number[], MlpOptions, Batch, string]>([
    [
      'no rows',
      [2, 1],
      {},
      { inputs: zeros(0, 2), targets: zeros(0, 1) },
      'batch inputs: got 0 rows, expected at least 1',
    ],
    [
      'inputs too narrow',
      [3, 1],
      {},
      batchOf([[1, 2]], [[1]]),
      'batch inputs: got shape 1×2, expected 1×3 for 3-1',
    ],
    [
      'more targets than inputs',
      [2, 1],
      {},
      batchOf([[1, 2]], [[1], [0]]),
      'batch targets: got shape 2×1, expected 1×1 for 2-1',
    ],
    [
      'targets too wide',
      [2, 1],
      {},
      batchOf([[1, 2]], [[1, 0]]),
      'batch targets: got shape 1×2, expected 1×1 for 2-1',
    ],
    [
      'one-hot targets for class indices',
      [2, 3],
      { ...logits, loss: 'cross_entropy' },
      batchOf([[1, 2]], [[0, 1, 0]]),
      'batch targets: got shape 1×3, expected 1×1 for 2-3',
    ],
    [
      'NaN among the inputs',
      [2, 1],
      {},
      batchOf(
        [
          [1, 2],
          [3, Number.NaN],
        ],
        [[1], [0]],
      ),
      'batch inputs[1,1]: got NaN, expected a finite number',
    ],
    [
      'infinity among the inputs',
      [2, 1],
      {},
      batchOf([[Number.NEGATIVE_INFINITY, 2]], [[1]]),
      'batch inputs[0,0]: got -Infinity, expected a finite number',
    ],
    [
      'NaN among the targets',
      [1, 2],
      { ...logits, loss: 'mse' },
      batchOf([[1]], [[0, Number.NaN]]),
      'batch targets[0,1]: got NaN, expected a finite number',
    ],
    [
      'a label beyond the last class',
      [1, 3],
      { ...logits, loss: 'cross_entropy' },
      batchOf([[1], [1]], [[2], [3]]),
      'batch targets[1,0]: got 3, expected a class 0 to 2',
    ],
    [
      'a negative label',
      [1, 3],
      { ...logits, loss: 'cross_entropy' },
      batchOf([[1]], [[-1]]),
      'batch targets[0,0]: got -1, expected a class 0 to 2',
    ],
    [
      'a label between two classes',
      [1, 3],
      { ...logits, loss: 'cross_entropy' },
      batchOf([[1]], [[0.5]]),
      'batch targets[0,0]: got 0.5, expected a class 0 to 2',
    ],
    [
      'a bce target above 1',
      [1, 1],
      {},
      batchOf([[1]], [[1.5]]),
      'batch targets[0,0]: got 1.5, expected a value from 0 to 1',
    ],
    [
      'a bce_with_logits target that is NaN',
      [1, 1],
      { ...logits, loss: 'bce_with_logits' },
      batchOf([[1]], [[Number.NaN]]),
      'batch targets[0,0]: got NaN, expected a value from 0 to 1',
    ],
  ])('%s', (_, sizes, options, batch, message) => {
    expect(() => assertBatch(mlp(sizes, options), batch)).toThrow(new RangeError(message));
  });

  test('a good batch passes, for each kind of target, at the ends of its range', () => {
    assertBatch(
      mlp([2, 1]),
      batchOf(
        [
          [1, 2],
          [0, 0],
          [0, 0],
        ],
        [[1], [0], [0.3]],
      ),
    );
    assertBatch(mlp([1, 3], { ...logits, loss: 'cross_entropy' }), batchOf([[1], [1]], [[0], [2]]));
    assertBatch(mlp([1, 1], { ...logits, loss: 'mse' }), batchOf([[1]], [[-7]]));
  });

  test('a batch found good for one model is looked at again for another', () => {
    const batch = batchOf([[1]], [[7]]);
    assertBatch(mlp([1, 1], { ...logits, loss: 'mse' }), batch);
    expect(() => assertBatch(mlp([1, 1]), batch)).toThrow('expected a value from 0 to 1');
  });
});

test('batchRows are views of those rows', () => {
  const batch = batchOf(
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [[0], [1], [0]],
  );
  const rows = batchRows(batch, 1, 3);
  expect(rows).toEqual(
    batchOf(
      [
        [3, 4],
        [5, 6],
      ],
      [[1], [0]],
    ),
  );
  batch.inputs.data[2] = 9;
  expect(rows.inputs.data[0]).toBe(9);
});
