import { expect, it } from 'vitest';
import { tensorOf } from '../../src/numeric/tensor.ts';

/** As JavaScript might call it. */
const unchecked = tensorOf as (...given: unknown[]) => unknown;

it.each<[unknown[], string]>([
  [['float32', [[1, 2]]], 'tensor dtype: got 1 values, expected "float64" or "float32"'],
  [
    [
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ],
    'tensor dtype: got 6 values, expected "float64" or "float32"',
  ],
  [[[2, 3], new Float64Array(1e5)], 'tensor dtype: got 100000 values, expected'],
  [[[1], 'int8'], 'tensor dtype: got "int8", expected "float64" or "float32" after the values'],
  [[[1], null], 'tensor dtype: got null, expected'],
  [['float32'], 'tensor: got a string, expected a number'],
  [[undefined], 'tensor: got undefined, expected a number'],
  [[[1, '2']], 'tensor[1]: got a string, expected a number'],
  [[[[1], [null]]], 'tensor[1][0]: got null, expected a number'],
  [[['ab', 'cd']], 'tensor[0]: got a string, expected a number'],
])('tensorOf(%j) is one short error', (given, message) => {
  expect(() => unchecked(...given)).toThrow(message);
  try {
    unchecked(...given);
  } catch (error) {
    expect(String(error).length).toBeLessThan(120);
  }
});

it('rows may be typed arrays', () => {
  expect(tensorOf([[1, 2]])).toEqual(unchecked([Float64Array.of(1, 2)]));
});
