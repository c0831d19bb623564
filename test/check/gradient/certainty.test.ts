import { describe, expect, test } from 'vitest';
import { boundOf, caughtOf } from '../../../src/check/gradient/certainty.ts';
import { settingsOf } from '../../../src/check/gradient/check-options.ts';
import { errorBound } from '../../../src/check/gradient/error-bound.ts';
import type { Examined } from '../../../src/check/gradient/examine.ts';
import type { Judged } from '../../../src/check/gradient/judged.ts';

interface Seen {
  readonly gradients: readonly number[][];
  readonly slots?: readonly { claim: number; size: number; threshold: number }[];
  readonly judged?: readonly Partial<Judged>[];
}

/** A point with what these figures read of it. */
const examined = ({ gradients, slots = [], judged = [] }: Seen): Examined =>
  ({
    site: { claims: gradients.map((g) => ({ gradient: Float64Array.from(g) })) },
    slots: slots.map(({ claim, size, threshold }) => ({
      claim,
      threshold,
      group: { slot: 0, members: new Int32Array(size) },
    })),
    judged: judged.map((j) => ({ claim: 0, tolerance: 0, uncertainty: 0, sides: null, ...j })),
  }) as unknown as Examined; // the rest plays no part here

const settings = settingsOf({ directions: 2, confidence: 0.9 });
const off = (by: number, claim = 0): Partial<Judged> => ({ claim, got: 1 + by, expected: 1 });

describe('the bound of fast mode', () => {
  test('holds for the slots of all points and claims at once', () => {
    const slots = [0, 0, 1].map((claim) => ({ claim, size: 8, threshold: 1 }));
    const one = examined({ gradients: [[1], [1]], slots });
    const sights = [8, 8].map((size) => ({ size, directions: 2, threshold: 1 }));
    expect(boundOf([one], settings)).toEqual({
      norm: errorBound(sights, [], 0.9, 3),
      confidence: 0.9,
    });
    // A second point's slots must hold as well, though its thresholds are smaller.
    const other = examined({ gradients: [[1]], slots: [{ claim: 0, size: 8, threshold: 0.1 }] });
    expect(boundOf([one, other], settings)!.norm).toBe(errorBound(sights, [], 0.9, 4));
  });

  test('adds up what both saw of one claim', () => {
    const slots = [{ claim: 0, size: 8, threshold: 1 }];
    const sights = [{ size: 8, directions: 2, threshold: 1 }];
    const one = examined({ gradients: [[1], [1]], slots, judged: [off(9)] });
    expect(boundOf([one], settings)!.norm).toBe(errorBound(sights, [9], 0.9, 1));
  });

  test('is that of the worst claim, the entries it was judged by included', () => {
    const both = examined({ gradients: [[1], [1]], judged: [off(3), off(4), off(6, 1)] });
    expect(boundOf([both], settings)!.norm).toBeCloseTo(6, 12);
    const first = examined({ gradients: [[1], [1]], judged: [off(3), off(4), off(2, 1)] });
    expect(boundOf([first], settings)!.norm).toBeCloseTo(5, 12);
    expect(boundOf([first, both], settings)!.norm).toBeCloseTo(6, 12);
  });
});

describe('what would have been caught', () => {
  test('is the largest error that any entry at any point may hide', () => {
    const [small, large] = [off(1), off(2)].map((j) =>
      examined({ gradients: [[3, 4]], judged: [j] }),
    );
    const caught = caughtOf([small!, large!], null);
    expect(caught.absolute).toBe(2);
    expect(caught.relative).toBeCloseTo(0.4, 14);
    expect(caughtOf([large!, small!], null).absolute).toBe(2);
  });

  test('is the bound where there is one, relative to the smallest gradient of all', () => {
    const some = examined({
      gradients: [
        [3, 4],
        [0.6, 0.8],
      ],
      judged: [off(1)],
    });
    const more = examined({ gradients: [[30, 40]] });
    const caught = caughtOf([more, some, more], 7);
    expect(caught.absolute).toBe(7);
    expect(caught.relative).toBeCloseTo(7, 12);
  });

  test('has no share of a gradient of 0', () => {
    const zero = examined({ gradients: [[0, 0]], judged: [off(0.5)] });
    expect(caughtOf([zero], null)).toEqual({ absolute: 0.5, relative: Infinity });
    expect(caughtOf([zero], 0).relative).toBe(Infinity);
  });
});
