import { describe, expect, test } from 'vitest';
import { type EntryVerdicts, entryVerdicts } from '../../../src/check/model/entry-verdicts.ts';
import { networkOf } from '../../../src/check/model/network.ts';
import type { LossKind } from '../../../src/model/loss.ts';
import { mlp } from '../../../src/model/model.ts';
import type { Dtype } from '../../../src/numeric/dtype.ts';
import { smallProblem } from '../../random-problem.ts';

/** Four weights and two biases. */
const TRUTH = [1, -1, 0.001, 1, 2, -2];
const SIGMA = 1e-10;

interface Given {
  readonly got?: readonly number[];
  readonly want?: readonly number[];
  /** Of each entry, or of all. */
  readonly bar?: number | readonly number[];
  readonly sigma?: number | readonly number[];
  readonly loss?: LossKind;
  readonly dtype?: Dtype;
  readonly rtol?: number;
}

function verdicts(given: Given): EntryVerdicts {
  const { got = TRUTH, want = TRUTH, bar = 1e-9, sigma = SIGMA, loss = 'mse', rtol } = given;
  const all = (v: number | readonly number[]): Float64Array =>
    Float64Array.from(want, (_, i) => (typeof v === 'number' ? v : v[i]!));
  const model = mlp([2, 2], { output: loss === 'bce' ? 'sigmoid' : 'identity', loss });
  const problem = { ...smallProblem(model, 1, 1), dtype: given.dtype ?? 'float64' };
  problem.batch.targets.data.set([3, 1]);
  const expected = { value: Float64Array.from(want), bar: all(bar) };
  return entryVerdicts(
    networkOf(problem),
    got,
    expected,
    all(sigma).map((s) => s * s),
    rtol,
  );
}

const changed = (index: number, by: number): number[] =>
  TRUTH.map((v, i) => (i === index ? v + by : v));

/** U + T: the bar, 8σ of the oracle's own in doubles, and 64σ of the method's. */
const hides = 1e-9 + (8 + 64) * SIGMA;

describe('an entry', () => {
  test('agrees up to its bar and 72σ, and disagrees beyond', () => {
    for (const sign of [1, -1]) {
      expect(verdicts({ got: changed(3, sign * 0.999 * hides) }).verdict).toBe('agrees');
      const found = verdicts({ got: changed(3, sign * 1.001 * hides) });
      expect(found).toMatchObject({ verdict: 'disagrees', worst: 3, wrong: [3] });
    }
  });

  test('has 8σ of the oracle’s own rounding in its bar, in doubles whatever the dtype', () => {
    const at = (dtype: Dtype, own: number, rtol: number) =>
      verdicts({ dtype, bar: 0, sigma: [0, 0, 0, 0, own, 0], rtol }).verdict;
    // Of a slot of size 2.
    expect([at('float64', 1e-9, 4.1e-9), at('float64', 1e-9, 3.9e-9)]).toEqual([
      'agrees',
      'unresolved',
    ]);
    const single = 1e-9 * 2 ** 29;
    expect([at('float32', single, 4.1e-9), at('float32', single, 3.9e-9)]).toEqual([
      'agrees',
      'unresolved',
    ]);
  });

  test('is unresolved where its bar hides a millionth of its slot’s size, and of no less', () => {
    // rms of the weights: √3/2.
    const at = (bar: number) => verdicts({ bar: [0, 0, bar, 0, 0, 0] }).verdict;
    expect([at(0.86e-6), at(0.87e-6)]).toEqual(['agrees', 'unresolved']);
    const bias = (bar: number) => verdicts({ bar: [0, 0, 0, 0, bar, 0] }).verdict;
    expect([bias(1.99e-6), bias(2.01e-6)]).toEqual(['agrees', 'unresolved']);
    expect(verdicts({ bar: 1e-3, rtol: 0.1 }).verdict).toBe('agrees');
    expect(verdicts({ bar: 0.8e-3, dtype: 'float32' }).verdict).toBe('agrees');
  });

  test('larger than its slot’s rms counts by its own size', () => {
    const [got, bar] = [
      [1000, 0, 0, 0, 1, 1],
      [0.9e-3, 0, 0, 0, 0, 0],
    ];
    expect(verdicts({ got, want: got, bar }).verdict).toBe('agrees');
  });

  test('is unresolved where rounding hides a millionth, unless both are the same number', () => {
    const sigma = [0, 0, 0, 1e-7, 0, 0];
    expect(verdicts({ sigma, bar: 0 }).verdict).toBe('agrees');
    const off = verdicts({ sigma, bar: 0, got: changed(3, 1e-9) });
    expect(off).toMatchObject({ verdict: 'unresolved', worst: 3, wrong: [] });
    const sharp = [0, 0, 0, 1e-9, 0, 0];
    expect(verdicts({ sigma: sharp, bar: 0, got: changed(3, 1e-9) }).verdict).toBe('agrees');
  });

  test('that is not finite is, where the truth is; where that is unknown nobody is wrong', () => {
    for (const bad of [Number.NaN, Infinity]) {
      const found = verdicts({ got: changed(1, bad) });
      expect(found).toMatchObject({ verdict: 'not-finite', worst: 1, wrong: [1] });
      const unknown = verdicts({ got: changed(1, bad), want: changed(1, bad) });
      expect(unknown).toMatchObject({ verdict: 'unresolved', wrong: [] });
    }
    const wide = verdicts({ got: changed(0, 9), bar: [Infinity, 0, 0, 0, 0, 0] });
    expect(wide).toMatchObject({ verdict: 'unresolved', wrong: [] });
  });
});

test('a slot that vanishes within what hides it is judged by the size of the whole', () => {
  // rms of the whole: √(8/6) = 1.15.
  const want = [0, 0, 0, 0, 2, -2];
  const at = (bar: number) => verdicts({ got: want, want, bar: [bar, 0, 0, 0, 0, 0] }).verdict;
  expect([at(1.1e-6), at(1.2e-6)]).toEqual(['agrees', 'unresolved']);
  expect(verdicts({ got: want, want }).flat).toBe(false);
});

test('a gradient that vanishes is flat, and judged by the unit of its loss', () => {
  const want = [0, 0, 0, 0, 0, 0];
  const at = (loss: LossKind, bar: number): EntryVerdicts =>
    verdicts({ got: want, want, loss, bar });
  // Squared errors: the mean square of the targets 3 and 1.
  expect(at('mse', 4.9e-6)).toMatchObject({ verdict: 'agrees', flat: true });
  expect(at('mse', 5.1e-6)).toMatchObject({ verdict: 'unresolved', flat: true });
});

test('a flat logarithmic loss is judged by a nat', () => {
  const want = [0, 0, 0, 0, 0, 0];
  const at = (bar: number) => verdicts({ got: want, want, loss: 'bce_with_logits', bar }).verdict;
  expect([at(0.9e-6), at(1.1e-6)]).toEqual(['agrees', 'unresolved']);
});

test('the worst is the severest, and of those the farthest beyond what hides it', () => {
  const got = [1 + 1e-6, -1, 0.001, 1 + 1e-5, 2 + 1e-4, -2];
  const bar = [1e-9, 1e-9, 1e-9, 1e-9, 1.1e-4, 1e-9];
  const found = verdicts({ got, bar });
  expect(found).toMatchObject({ verdict: 'disagrees', worst: 3, wrong: [0, 3] });
  expect(found.slots.map((s) => [s.verdict, s.worst])).toEqual([
    ['disagrees', 3],
    ['unresolved', 4],
  ]);
  const inBias = verdicts({ got: [...got.slice(0, 5), -3] });
  expect(inBias).toMatchObject({ worst: 5, wrong: [0, 3, 4, 5] });
});

test('what would have been caught is the largest difference with all that hides beside it', () => {
  const got = changed(1, 1e-9);
  const bar = [1e-9, 2e-9, 1e-9, 1e-9, 1e-9, 1e-9];
  expect(verdicts({ got, bar }).caught).toBeCloseTo(3e-9 + 72 * SIGMA, 16);
  expect(verdicts({ bar: [1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 4e-9] }).caught).toBeCloseTo(
    4e-9 + 72 * SIGMA,
    16,
  );
});
