import { describe, expect } from 'vitest';
import { median, rises, spread, sum } from '../../src/experiments/statistics.ts';
import { fc, test } from '../property.ts';

describe('median', () => {
  test.prop([fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 })])(
    'as many values lie below as above, and the order does not matter',
    (values) => {
      const middle = median(values);
      const below = values.filter((v) => v < middle).length;
      const above = values.filter((v) => v > middle).length;
      expect(below).toBeLessThanOrEqual(values.length / 2);
      expect(above).toBeLessThanOrEqual(values.length / 2);
      expect(median([...values].reverse())).toBe(middle);
    },
  );

  test('of an even number it is the mean of the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  test('one NaN makes it NaN: a diverged seed is not hidden among the others', () => {
    expect(median([1, Number.NaN, 3])).toBeNaN();
    expect(median([])).toBeNaN();
  });
});

describe('spread', () => {
  test('low and high are the ends, whatever the order', () => {
    expect(spread([3, 1, 2])).toEqual({ low: 1, median: 2, high: 3 });
  });

  test('one NaN shows in all three', () => {
    expect(spread([1, Number.NaN])).toEqual({
      low: Number.NaN,
      median: Number.NaN,
      high: Number.NaN,
    });
  });
});

describe('sum and rises', () => {
  test('a sum of none is 0', () => {
    expect([sum([]), sum([1, 2, 4])]).toEqual([0, 7]);
  });

  test('what stays level rises, what falls does not, and NaN is below nothing', () => {
    expect(rises([3, 2, 1])).toBe(0);
    expect(rises([3, 3, 1, 2])).toBe(2);
    expect(rises([3, Number.NaN, 1])).toBe(2);
    expect(rises([3])).toBe(0);
  });
});
