import { describe, expect, it } from 'vitest';
import { drawn, type Point, thin } from '../../src/report/charts/curve-points.ts';
import { logAxis } from '../../src/report/charts/log-axis.ts';
import { fc, test } from '../property.ts';

const heights = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.constantFrom(0, Number.NaN, Infinity, -Infinity),
);
const points = fc
  .array(heights, { maxLength: 3000, size: 'max' })
  .map((ys) => ys.map((y, x): Point => [x, y]));

const curve = (count: number, height: (x: number) => number): Point[] =>
  Array.from({ length: count }, (_, x) => [x, height(x)]);

const finite = (all: readonly Point[]): number[] =>
  all.map(([, y]) => y).filter((y) => Number.isFinite(y));

describe('thinning', () => {
  test.prop([points], { numRuns: 40 })(
    'keeps first, last, lowest and highest, in order, and at most 250 that are finite',
    (all) => {
      const kept = thin(all);
      expect(kept[0]).toBe(all[0]);
      expect(kept.at(-1)).toBe(all.at(-1));
      expect(kept.map(([x]) => x)).toEqual([...kept.map(([x]) => x)].sort((a, b) => a - b));
      expect(finite(kept).length).toBeLessThanOrEqual(250);
      expect(kept.length).toBeLessThanOrEqual(375);
      expect(Math.min(...finite(kept))).toBe(Math.min(...finite(all)));
      expect(Math.max(...finite(kept))).toBe(Math.max(...finite(all)));
    },
  );

  it('leaves 250 points alone', () => {
    const all = curve(250, (x) => x);
    expect(thin(all)).toBe(all);
    expect(thin([...all, [250, 250]]).length).toBeLessThanOrEqual(250);
  });

  // Every 9th point of a swing of period 2 is a swing of period 18 that is not there.
  it.each([2, 3])('shows a swing of period %d as a band from end to end', (period) => {
    const kept = thin(curve(2000, (x) => x % period));
    for (let i = 1; i < kept.length - 3; i++) {
      const near = kept.slice(i, i + 3).map(([, y]) => y);
      expect([Math.min(...near), Math.max(...near)]).toEqual([0, period - 1]);
    }
  });

  it('keeps a single peak, and a single hole', () => {
    for (const at of [1, 1234, 1998]) {
      expect(thin(curve(2000, (x) => Number(x === at)))).toContainEqual([at, 1]);
      const holed = thin(curve(2000, (x) => (x === at ? Number.NaN : 0)));
      expect(holed).toContainEqual([at, Number.NaN]);
    }
  });
});

describe('drawing', () => {
  const ys = [1, 0.5, 0, 0, 0, 2, Number.NaN, 3];
  const all = ys.map((y, x): Point => [x, y]);
  const axis = logAxis(ys);
  const shown = (isEach: boolean) => drawn(all, axis, isEach);

  it('breaks where a curve leaves the scale and where it comes back, and nowhere else', () => {
    const breaks = shown(true).flatMap(({ x, y }) => (y === null ? [x] : []));
    expect(breaks).toEqual([2, 5, 6, 7]);
    expect(shown(true).filter(({ y }) => y !== null)).toHaveLength(all.length);
  });

  it('marks what stands beside the scale: each, or the ends of a run', () => {
    const open = (isEach: boolean) => shown(isEach).flatMap((p) => (p.open ? [p.x] : []));
    expect(open(true)).toEqual([2, 3, 4, 6]);
    expect(open(false)).toEqual([2, 4, 6]);
  });
});
