import { describe, expect, it } from 'vitest';
import { mad, median, quantile, roundRatios, summarise } from '../../bench/timing/statistics.ts';
import { fc, test } from '../property.ts';

const sample = fc.array(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), {
  minLength: 1,
  maxLength: 20,
});

describe('statistics', () => {
  it('knows the textbook values', () => {
    expect(median([3])).toBe(3);
    expect(median([4, 1])).toBe(2.5);
    expect(median([9, 1, 5])).toBe(5);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75); // R: quantile(1:4, 0.25)
    expect(mad([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  test.prop([sample])(
    'half of a sample lies between its quartiles, but for the one that either may split',
    (xs) => {
      const { low, median: middle, high } = summarise(xs);
      expect(low).toBeLessThanOrEqual(middle);
      expect(middle).toBeLessThanOrEqual(high);
      const inside = xs.filter((x) => x >= low && x <= high).length;
      expect(inside).toBeGreaterThanOrEqual(xs.length / 2 - 1);
    },
  );

  test.prop([sample])(
    'one wild value in eleven does not move the median out of the others',
    (xs) => {
      const others = Array.from({ length: 10 }, (_, i) => xs[i % xs.length]!);
      const middle = median([...others, Number.MAX_VALUE]);
      expect(middle).toBeGreaterThanOrEqual(Math.min(...others));
      expect(middle).toBeLessThanOrEqual(Math.max(...others));
    },
  );

  it('has no median of nothing', () => {
    expect(() => median([])).toThrow('empty sample');
  });
});

describe('ratios by rounds', () => {
  test.prop([sample, fc.constantFrom(0.5, 2, 4)])(
    'do not see what slows a whole round',
    (reference, factor) => {
      const times = reference.map((time) => time * factor);
      expect(roundRatios(times, reference)).toEqual(reference.map(() => factor));
    },
  );

  it('leave out rounds that a row sat out', () => {
    expect(roundRatios([2, Number.NaN, 6], [1, 1, 2])).toEqual([2, 3]);
  });
});
