import { describe, expect, test } from 'vitest';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';

type Scalar = (x: Float64Array) => number;

/** The verdicts at 0 with one seed after another. */
const verdicts = (f: Scalar, claim: readonly number[], seeds = 4): readonly string[] => {
  const at = new Float64Array(claim.length);
  const found = new Set<string>();
  for (let seed = 0; seed < seeds; seed++) {
    found.add(checkGradient({ name: 'joint', f, gradient: () => claim, at }, { seed }).verdict);
  }
  return [...found];
};

const median: Scalar = ([x, y, z]) => Math.max(Math.min(x!, y!), Math.min(Math.max(x!, y!), z!));
/** Gradients 0, (3, 0, −6) and (0, 6, −12): by itself only the third entry bends it. */
const narrow: Scalar = ([x, y, z]) => Math.max(0, Math.min(3 * x! - 6 * z!, 6 * y! - 12 * z!));

describe('corners at which entries bend f together that their own lines show as smooth', () => {
  test('a median of three at a tie: any mean of the three is right', () => {
    expect(verdicts(median, [1, 0, 0])).toEqual(['agrees']); // disagreed 45 times of 200
    expect(verdicts(median, [1 / 3, 1 / 3, 1 / 3])).toEqual(['agrees']); // disagreed always
    expect(verdicts(median, [0.5, 0.4, 0], 1)).toEqual(['disagrees']);
    expect(verdicts(median, [1 / 3, 1 / 3, 1 / 3 + 1e-4], 1)).toEqual(['disagrees']);
  });

  test('beside a smooth part, which is judged as ever', () => {
    const f: Scalar = (x) => median(x) + Math.sin(x[0]!) + x[1]! * x[2]! + Math.exp(x[3]!);
    expect(verdicts(f, [4 / 3, 1 / 3, 1 / 3, 1])).toEqual(['agrees']);
    expect(verdicts(f, [4 / 3, 1 / 3, 1 / 3, 1 + 1e-4])).toEqual(['disagrees']);
  });

  test('of which one shows a corner: the means of the whole gradients are right', () => {
    for (const right of [
      [0, 2, -4],
      [0, 0, 0],
      [1.5, 3, -9],
      [3, 0, -6],
    ]) {
      expect(verdicts(narrow, right)).toEqual(['agrees']);
    }
  });

  test('of which one shows a corner: between its own two slopes is not enough', () => {
    expect(verdicts(narrow, [0, 0, -1])).toEqual(['disagrees']); // agreed always
    const four: Scalar = ([x, y, z, w]) =>
      Math.max(0, Math.min(-4 * x! + 4 * z! + 8 * w!, 8 * y! - 4 * z! + 8 * w!));
    expect(verdicts(four, [0, 0, 0, 1])).toEqual(['disagrees']); // agreed always
    expect(verdicts(four, [-2, 4, 0, 8])).toEqual(['agrees']);
  });

  test('a ReLU of what is less a ReLU: its third gradient is known by a share only', () => {
    const f: Scalar = ([x, y]) => Math.max(0, y! - Math.max(0, x!));
    expect(verdicts(f, [-0.3, 0.6])).toEqual(['agrees']); // disagreed 165 times of 200
    expect(verdicts(f, [-0.3, 0.2])).not.toContain('agrees');
  });

  test('the tip of a norm beside x is none of these: what is wrong there is found', () => {
    const f: Scalar = (x) => Math.hypot(...x.map((v, i) => v + [3, -4, 12][i]! * 1e-9));
    expect(verdicts(f, [3 / 13, -4 / 13, 12 / 13])).not.toContain('disagrees');
    expect(verdicts(f, [3 / 13, -4 / 13 + 1e-3, 12 / 13])).toEqual(['disagrees']);
  });
});
