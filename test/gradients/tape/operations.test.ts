import { expect, test } from 'vitest';
import { operations } from '../../../src/gradients/tape/operations.ts';
import { heap } from '../../../src/numeric/allocator.ts';
import { fast } from '../../../src/numeric/kernels/fast.ts';
import { matrixOf } from '../../../src/numeric/matrix.ts';

const o = operations(fast, heap());
const a = matrixOf([
  [1, 2, 3],
  [4, 5, 6],
]);

test('what has the shape already is not summed, repeated or copied', () => {
  expect(o.sumTo(a, { rows: 2, cols: 3 })).toBe(a);
  expect(o.broadcastTo(a, { rows: 2, cols: 3 })).toBe(a);
});

test('sumTo sums the rows, the columns, or everything', () => {
  expect([...o.sumTo(a, { rows: 1, cols: 3 }).data]).toEqual([5, 7, 9]);
  expect([...o.sumTo(a, { rows: 2, cols: 1 }).data]).toEqual([6, 15]);
  expect([...o.sumTo(a, { rows: 1, cols: 1 }).data]).toEqual([21]);
});

test('shapes that do not broadcast say both', () => {
  expect(() => o.add(a, matrixOf([[1, 2]]))).toThrow(
    new RangeError('2×3 and 1×2 do not broadcast'),
  );
  expect(() => o.divide(a, matrixOf([[1], [2], [3]]))).toThrow('2×3 and 3×1 do not broadcast');
});

test('results are new matrices: no operand is changed', () => {
  const before = [...a.data];
  for (const result of [o.negate(a), o.scale(a, 2), o.shift(a, 1), o.add(a, a)]) {
    expect(result).not.toBe(a);
  }
  expect([...a.data]).toEqual(before);
});
