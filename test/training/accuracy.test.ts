import { describe, expect } from 'vitest';
import type { LossKind } from '../../src/model/loss.ts';
import { mlp } from '../../src/model/model.ts';
import { copyMatrix, matrixOf, matrixView, zeros } from '../../src/numeric/matrix.ts';
import { tensorOf } from '../../src/numeric/tensor.ts';
import { accuracyOf, type Labels } from '../../src/training/accuracy.ts';
import { fc, test } from '../property.ts';

const probabilities = accuracyOf(mlp([2, 1]));
const logits = accuracyOf(mlp([2, 1], { output: 'identity', loss: 'bce_with_logits' }));
const classes = accuracyOf(mlp([2, 3], { output: 'identity', loss: 'cross_entropy' }));

/** Every form in which the labels of N rows may come. */
const forms = (labels: readonly number[]): readonly Labels[] => [
  labels,
  Float32Array.from(labels),
  Uint8Array.from(labels),
  matrixOf(labels.map((label) => [label])),
  tensorOf(labels),
  tensorOf(labels.map((label) => [label])),
];

const column = (values: readonly number[]) => matrixOf(values.map((value) => [value]));
const rowsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<{ value: number; label: number }[]> =>
  fc.array(fc.record({ value, label: fc.integer({ min: 0, max: 1 }) }), { minLength: 1 });

describe('one column', () => {
  // Often the boundary itself, where a wrong comparison shows.
  const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.5));
  test.prop([rowsOf(probability)])(
    'a probability from 0.5 on is class 1: the share of rows where that is the label',
    (rows) => {
      const right = rows.filter(({ value, label }) => (value < 0.5 ? 0 : 1) === label).length;
      const outputs = column(rows.map(({ value }) => value));
      for (const labels of forms(rows.map(({ label }) => label))) {
        expect(probabilities(outputs, labels)).toBe(right / rows.length);
        expect(probabilities(copyMatrix(outputs, 'float32'), labels)).toBe(
          rows.filter(({ value, label }) => (Math.fround(value) < 0.5 ? 0 : 1) === label).length /
            rows.length,
        );
      }
    },
  );

  const logit = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0));
  test.prop([rowsOf(logit)])('a logit from 0 on is class 1, −0 too', (rows) => {
    const right = rows.filter(({ value, label }) => (value < 0 ? 0 : 1) === label).length;
    const outputs = column(rows.map(({ value }) => value));
    for (const labels of forms(rows.map(({ label }) => label))) {
      expect(logits(outputs, labels)).toBe(right / rows.length);
    }
  });

  test('exactly 0.5 is class 1, the number below it class 0', () => {
    const outputs = column([0.5, 0.5 - 2 ** -54]);
    expect(probabilities(outputs, [1, 0])).toBe(1);
    expect(probabilities(outputs, [0, 1])).toBe(0);
  });

  test.each<[LossKind, number]>([
    ['bce', 0.5],
    ['mse', 0.5],
    ['bce_with_logits', 0],
  ])('%s: the boundary is %d', (loss, boundary) => {
    const metric = accuracyOf(mlp([1, 1], { loss }));
    expect(metric(column([boundary, boundary - 0.1]), [1, 0])).toBe(1);
  });
});

describe('several columns', () => {
  // Few values, so that ties are common.
  const output = fc.constantFrom(-1, 0, 0.25, 0.5, Number.NaN);
  const row = fc.record({
    values: fc.tuple(output, output, output),
    label: fc.integer({ min: 0, max: 2 }),
  });

  test.prop([fc.array(row, { minLength: 1 })])(
    'the first largest is the class; a row with NaN is wrong',
    (rows) => {
      const right = rows.filter(
        ({ values, label }) =>
          !values.some(Number.isNaN) && values.indexOf(Math.max(...values)) === label,
      ).length;
      const outputs = matrixOf(rows.map(({ values }) => values));
      for (const labels of forms(rows.map(({ label }) => label))) {
        expect(classes(outputs, labels)).toBe(right / rows.length);
      }
    },
  );

  test('of equal ones the first counts', () => {
    expect(classes(matrixOf([[1, 1, 1]]), [0])).toBe(1);
    expect(classes(matrixOf([[0, 2, 2]]), [1])).toBe(1);
    expect(classes(matrixOf([[0, 2, 2]]), [2])).toBe(0);
  });
});

test('a row with NaN is wrong, whatever its label', () => {
  const outputs = column([Number.NaN, Number.NaN, 1]);
  expect(probabilities(outputs, [0, 1, 1])).toBe(1 / 3);
  expect(logits(outputs, [0, 1, 1])).toBe(1 / 3);
});

describe('nothing is broadcast: one class a row, or an error', () => {
  const outputs = zeros(3, 1);
  const REST = '; nothing is broadcast, and other targets need another metric';
  test.each<[string, Labels, string]>([
    ['one row', zeros(1, 3), `got shape 1×3, expected 3 or 3×1${REST}`],
    ['a class a column', zeros(3, 2), `got shape 3×2, expected 3 or 3×1${REST}`],
    ['one label for all', [1], `got shape 1, expected 3 or 3×1${REST}`],
    ['too many', [1, 0, 1, 0], `got shape 4, expected 3 or 3×1${REST}`],
    ['none', [], `got shape 0, expected 3 or 3×1${REST}`],
    ['a scalar', tensorOf(1), `got shape of a scalar, expected 3 or 3×1${REST}`],
    [
      'three dimensions',
      tensorOf([[[0]], [[1]], [[0]]]),
      `got shape 3×1×1, expected 3 or 3×1${REST}`,
    ],
    [
      'fewer values than its shape has',
      { shape: [3], values: new Float64Array(2) },
      'got 2 values, expected 3 for 3',
    ],
    [
      'more values than its shape has',
      { rows: 3, cols: 1, data: new Float64Array(6) },
      'got 6 values, expected 3 for 3×1',
    ],
  ])('%s', (_, labels, message) => {
    expect(() => probabilities(outputs, labels)).toThrow(
      new RangeError(`accuracy labels: ${message}`),
    );
  });

  test('N rows and N labels in one row is the course’s silent mistake: refused for several columns too', () => {
    expect(() => classes(zeros(3, 3), zeros(1, 3))).toThrow('got shape 1×3, expected 3 or 3×1');
    expect(() => classes(zeros(3, 3), zeros(3, 3))).toThrow('got shape 3×3, expected 3 or 3×1');
  });

  test.each([2, -1, 0.5, Number.NaN])('the label %d is none of two classes', (label) => {
    expect(() => probabilities(outputs, [0, label, 1])).toThrow(
      new RangeError(
        `accuracy labels[1]: got ${label}, expected a class 0 to 1; other targets need another metric`,
      ),
    );
  });

  test('three outputs have classes 0 to 2', () => {
    expect(classes(matrixOf([[0, 0, 1]]), [2])).toBe(1);
    expect(() => classes(matrixOf([[0, 0, 1]]), [3])).toThrow('got 3, expected a class 0 to 2');
  });

  test('of no row there is no share', () => {
    expect(() => probabilities(matrixView(0, 1, new Float64Array(0)), [])).toThrow(
      'accuracy: got 0 rows, expected at least 1',
    );
  });
});
