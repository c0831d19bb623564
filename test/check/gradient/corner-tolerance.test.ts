import { expect, test } from 'vitest';
import { cornerTolerance } from '../../../src/check/gradient/corner-tolerance.ts';
import type { Site } from '../../../src/check/gradient/site.ts';

/** Two slots, of 2 and 1 entries; only what is read here. */
const site = (tolerance: number, dtype: 'float64' | 'float32' = 'float64'): Site =>
  ({
    subject: {
      dtype,
      tolerance,
      layout: {
        slots: [
          { offset: 0, size: 2 },
          { offset: 2, size: 1 },
        ],
      },
    },
    claims: [{ gradient: Float64Array.of(-2, 0.5, 8), scales: [1, 16] }],
  }) as unknown as Site;

test('at a corner an entry may be off by 16 roundings of its own', () => {
  expect(cornerTolerance(site(0), 0, 0)).toBe(2 * 16 * 2 ** -53);
  expect(cornerTolerance(site(0, 'float32'), 0, 2)).toBe(8 * 16 * 2 ** -24);
});

test('and by the case’s share of itself or of its own slot’s size, whichever is larger', () => {
  const share = (index: number): number =>
    cornerTolerance(site(0.25), 0, index) - cornerTolerance(site(0), 0, index);
  expect([0, 1, 2].map(share)).toEqual([0.5, 0.25, 4]);
});
