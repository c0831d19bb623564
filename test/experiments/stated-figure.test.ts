import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { isInside, median, statedTable } from '../../src/experiments/stated-figure.ts';
import type { Table } from '../../src/report/report.ts';

describe('isInside', () => {
  test('both ends of a range belong to it', () => {
    const inside = (value: number): boolean => isInside({ what: '', value, stated: [1, 2] });
    expect([0.999, 1, 2, 2.001].map(inside)).toEqual([false, true, true, false]);
  });

  test('NaN lies in no range, not even in that of all numbers', () => {
    const all = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    expect(isInside({ what: '', value: Number.NaN, stated: all })).toBe(false);
  });
});

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

  test('one NaN makes it NaN: a diverged seed is not hidden among the others', () => {
    expect(median([1, Number.NaN, 3])).toBeNaN();
  });
});

describe('statedTable', () => {
  test('a figure outside its range says so, and shows what was stated', () => {
    const { rows } = statedTable(
      [
        { what: 'loss', value: 0.31, seeds: [0.25, 0.31, 0.27], stated: [0.24, 0.29] },
        { what: 'count', value: 17, stated: [15, Number.POSITIVE_INFINITY], format: 'count' },
      ],
      3,
    ) as Table;
    expect(rows[0]!.at(-1)).toEqual({ kind: 'verdict', verdict: 'outside', tone: 'bad' });
    expect(rows[0]!.slice(2, 5)).toMatchObject([{ value: 0.25 }, { value: 0.27 }, { value: 0.31 }]);
    expect(rows[0]!.at(-2)).toEqual({ kind: 'text', text: '0.240 – 0.290' });
    expect(rows[1]!.at(-1)).toEqual({ kind: 'verdict', verdict: 'inside', tone: 'good' });
    expect(rows[1]!.at(-2)).toEqual({ kind: 'text', text: '≥ 15' });
  });

  test('NaN of one seed shows in lowest and highest', () => {
    const { rows } = statedTable(
      [{ what: '', value: 1, seeds: [1, Number.NaN], stated: [0, 2] }],
      0,
    ) as Table;
    expect(rows[0]!.slice(2, 5)).toMatchObject([
      { value: Number.NaN },
      { value: Number.NaN },
      { value: Number.NaN },
    ]);
  });
});
