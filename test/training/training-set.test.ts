import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { tensorOf } from '../../src/numeric/tensor.ts';
import { asBatch, asRows, type TrainingSet } from '../../src/training/training-set.ts';

const inputs = matrixOf([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const targets = matrixOf([[1], [0], [1]]);

describe('asBatch', () => {
  it.each<[string, TrainingSet['targets']]>([
    ['a matrix', targets],
    ['an array [N]', [1, 0, 1]],
    ['an array [N, 1]', [[1], [0], [1]]],
    ['a typed array', Float64Array.of(1, 0, 1)],
    ['integers', Uint8Array.of(1, 0, 1)],
    ['a tensor [N]', tensorOf([1, 0, 1])],
    ['a tensor [N, 1]', tensorOf([[1], [0], [1]])],
  ])('labels as %s are N×1', (_, given) => {
    expect(asBatch('set', { inputs, targets: given })).toEqual({ inputs, targets });
  });

  it('targets of several outputs keep their columns', () => {
    const wide = [
      [0, 1],
      [1, 0],
      [0.5, 0.5],
    ];
    for (const given of [wide, tensorOf(wide), matrixOf(wide)]) {
      expect(asBatch('set', { inputs, targets: given }).targets).toEqual(matrixOf(wide));
    }
  });

  it('inputs are rows, of arrays, typed arrays or a tensor', () => {
    const rows = [Float64Array.of(1, 2), Float32Array.of(3, 4), [5, 6]];
    expect(asBatch('set', { inputs: rows, targets }).inputs).toEqual(inputs);
    const tensor = tensorOf([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(asBatch('set', { inputs: tensor, targets }).inputs).toEqual(inputs);
  });

  it('matrices, tensors and typed arrays are not copied', () => {
    const labels = Float64Array.of(1, 0, 1);
    const batch = asBatch('set', { inputs, targets: labels });
    expect(batch.inputs).toBe(inputs);
    expect(batch.targets.data).toBe(labels);
    expect(asBatch('set', { inputs, targets: tensorOf([1, 0, 1]) }).targets.data.length).toBe(3);
  });

  const PAIR = 'expected { inputs, targets }';
  const ROWS = 'expected a matrix, a tensor [N, k] or N arrays of k numbers';
  it.each<[unknown, string]>([
    [[inputs, targets], `dev set: got an array of 2, ${PAIR}`],
    [undefined, `dev set: got undefined, ${PAIR}`],
    [null, `dev set: got null, ${PAIR}`],
    ['moons', `dev set: got "moons", ${PAIR}`],
    [{ x: inputs, y: targets }, `dev set: got { x, y }, ${PAIR}`],
    [{ inputs }, `dev set: got { inputs }, ${PAIR}`],
    [{ inputs: [1, 2, 3], targets }, `dev set inputs: got an array of 3, ${ROWS}`],
    [{ inputs: tensorOf([1, 2]), targets }, `dev set inputs: got a tensor [2], ${ROWS}`],
    [{ inputs: tensorOf([[[1]]]), targets }, `dev set inputs: got a tensor [1,1,1], ${ROWS}`],
    [{ inputs: [[1, 2], [3]], targets }, 'matrix row 1: got 1 values, expected 2'],
    [{ inputs: undefined, targets }, `dev set inputs: got undefined, ${ROWS}`],
    [{ inputs: { rows: 1, cols: 1 }, targets }, `dev set inputs: got { rows, cols }, ${ROWS}`],
    [{ inputs, targets: 'ham' }, `dev set targets: got "ham", ${ROWS}`],
    [{ inputs, targets: [1, [0], 1] }, `dev set targets: got an array of 3, ${ROWS}`],
    [{ inputs, targets: tensorOf(1) }, `dev set targets: got a tensor [], ${ROWS}`],
    [{ inputs, targets: [1, null, 0] }, 'dev set targets[1]: got null, expected a number'],
    [{ inputs, targets: [true, false] }, 'dev set targets[0]: got true, expected a number'],
    [{ inputs: [[1, '2']], targets }, 'dev set inputs[0][1]: got "2", expected a number'],
  ])('%j is refused in words', (set, message) => {
    expect(() => asBatch('dev set', set as TrainingSet)).toThrow(message);
  });

  it('no row stays no row, which the model then refuses', () => {
    const { inputs: none, targets: no } = asBatch('set', { inputs: [], targets: [] });
    expect([none.rows, no.rows, no.cols]).toEqual([0, 0, 1]);
    expect(asRows('inputs', []).rows).toBe(0);
  });
});
