import { describe, expect } from 'vitest';
import { minNormPoint } from '../../../src/check/gradient/min-norm-point.ts';
import { random } from '../../../src/numeric/random.ts';
import { fc, test } from '../../property.ts';

const points = (...rows: readonly number[][]) => rows.map((row) => Float64Array.from(row));

describe('minNormPoint', () => {
  test.each<readonly [string, Float64Array[], readonly number[]]>([
    ['a point is its own', points([3, 4]), [3, 4]],
    ['the foot on a segment', points([1, 0], [0, 1]), [0.5, 0.5]],
    ['an end of a segment', points([1, 1], [2, 3]), [1, 1]],
    ['a triangle around 0', points([1, 0], [-1, 1], [-1, -1]), [0, 0]],
    ['points twice', points([1, 0], [1, 0], [0, 1], [0, 1]), [0.5, 0.5]],
    ['all at 0', points([0, 0], [0, 0]), [0, 0]],
    ['points in a row', points([1, -2], [1, 0.5], [1, 3]), [1, 0]],
  ])('%s', (_name, hull, nearest) => {
    expect(Array.from(minNormPoint(hull))).toEqual(nearest.map((v) => expect.closeTo(v, 12)));
  });

  test.prop([fc.nat(1e6)], { numRuns: 300 })('no vertex lies on the near side of it', (seed) => {
    const r = random(seed);
    const size = 1 + r.integer(6);
    const shift = 2 * r.uniform();
    const hull = Array.from({ length: 1 + r.integer(12) }, () =>
      Float64Array.from({ length: size }, () => shift + r.normal()),
    );
    const nearest = minNormPoint(hull);
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, v, i) => s + v * b[i]!, 0);
    const largest = Math.max(...hull.map((p) => dot(p, p)));
    // The condition of optimality: p·x ≥ x·x for every vertex p.
    for (const p of hull) {
      expect(dot(p, nearest)).toBeGreaterThanOrEqual(dot(nearest, nearest) - 1e-12 * largest);
    }
  });
});
