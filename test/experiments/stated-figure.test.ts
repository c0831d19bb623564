import { describe, expect, test } from 'vitest';
import { isInside, statedTable, strays } from '../../src/experiments/stated-figure.ts';
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

  test('an exact figure must be that of every seed, a range that of the page’s own alone', () => {
    const exact = { what: '', value: 0, seeds: [0, 3, Number.NaN], stated: [0, 0] } as const;
    expect(isInside(exact)).toBe(false);
    expect(strays(exact)).toEqual([3, Number.NaN]);
    expect(isInside({ ...exact, seeds: [0, 0] })).toBe(true);
    expect(isInside({ ...exact, stated: [0, 1] })).toBe(true);
    expect(strays({ ...exact, value: 2, stated: [0, 1] })).toEqual([2]);
  });
});

describe('statedTable', () => {
  test('a figure outside its range says so, and shows what was stated', () => {
    const { rows } = statedTable(
      [
        { what: 'loss', value: 0.31, seeds: [0.25, 0.31, 0.27], stated: [0.24, 0.29] },
        {
          what: 'count',
          value: 17,
          over: 'all seeds',
          stated: [15, Number.POSITIVE_INFINITY],
          format: 'count',
        },
      ],
      3,
    ) as Table;
    expect(rows[0]!.at(-1)).toEqual({ kind: 'verdict', verdict: 'outside', tone: 'bad' });
    expect(rows[0]!.slice(3, 6)).toMatchObject([{ value: 0.25 }, { value: 0.27 }, { value: 0.31 }]);
    expect(rows[0]!.at(-2)).toEqual({ kind: 'text', text: '0.240 – 0.290' });
    expect(rows[1]!.at(-1)).toEqual({ kind: 'verdict', verdict: 'inside', tone: 'good' });
    expect(rows[1]!.at(-2)).toEqual({ kind: 'text', text: '≥ 15' });
    expect(rows.map((row) => row[2])).toMatchObject([{ text: 'seed 3' }, { text: 'all seeds' }]);
  });

  test('NaN of one seed shows in lowest and highest', () => {
    const { rows } = statedTable(
      [{ what: '', value: 1, seeds: [1, Number.NaN], stated: [0, 2] }],
      0,
    ) as Table;
    expect(rows[0]!.slice(3, 6)).toMatchObject([
      { value: Number.NaN },
      { value: Number.NaN },
      { value: Number.NaN },
    ]);
  });
});
