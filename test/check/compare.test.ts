import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src/check/answer.ts';
import { compare } from '../../src/check/compare.ts';
import type { Problem } from '../../src/check/judge.ts';
import { toleranceOf } from '../../src/check/tolerance.ts';
import { batchRows } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { slotOf } from '../../src/params/layout.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { problemOf, smallProblem } from '../random-problem.ts';
import { BACKWARDS, FORWARDS, plainAnswer } from './plain-network.ts';

const square = problem(mlp([4, 5, 5, 3], { hidden: 'tanh', output: 'identity', loss: 'mse' }), 1);
const material = problem(mlp([2, 5, 1]), 2);
const deep = problem(mlp([2, 3, 3, 3, 3, 1], { hidden: 'relu' }), 3);
const classes = problem(mlp([6, 4, 4, 5], { output: 'identity', loss: 'cross_entropy' }), 4);
const problems = { square, material, deep, classes };

function problem(model: Problem['model'], seed: number): Problem {
  const r = random(seed);
  return problemOf(model, 32, r, 'float64', () => r.normal());
}

const withGrads = (answer: Answer, change: (grads: Params) => void): Answer => {
  const grads = copyParams(answer.grads);
  change(grads);
  return { ...answer, grads };
};
const norm = ({ values }: Params): number =>
  Math.sqrt(Array.from(values, (v) => v * v).reduce((sum, v) => sum + v));

describe.each(Object.entries(problems))('compare, on %s', (_name, given) => {
  const tolerance = toleranceOf(given);
  const a = plainAnswer(given, FORWARDS);
  const b = plainAnswer(given, BACKWARDS);

  test('two right gradients agree, and an error of 1e-12 of the norm would have been caught', () => {
    const comparison = compare(a, b, tolerance);
    expect(comparison.verdict).toBe('agrees');
    expect(comparison.notes).toEqual([]);
    expect(comparison.failed).toBeNull();
    expect(comparison.worst.normalised).toBeLessThan(0.2);
    expect(comparison.slotError).toBeLessThan(1e-12);
    expect(comparison.ulps).toBeGreaterThan(0);
    expect(comparison.caught.relative).toBeLessThan(1e-12);
  });

  test('the error said to be caught is caught, in every entry', () => {
    const { caught } = compare(a, b, tolerance);
    for (let i = 0; i < given.model.layout.size; i++) {
      const wrong = withGrads(b, ({ values }) => {
        values[i]! += 1.01 * caught.absolute;
      });
      expect(compare(a, wrong, tolerance).verdict).toBe('disagrees');
    }
  });

  test.each<[string, (grads: Params) => void]>([
    [
      'a missing 1/N',
      ({ values }) => {
        for (let i = 0; i < values.length; i++) values[i]! *= 32;
      },
    ],
    [
      'a factor 1.001',
      ({ values }) => {
        for (let i = 0; i < values.length; i++) values[i]! *= 1.001;
      },
    ],
    [
      'one entry off by 1e-9 of the norm',
      (grads) => {
        grads.values[7]! += 1e-9 * norm(grads);
      },
    ],
    [
      'a sign',
      ({ values }) => {
        for (let i = 0; i < values.length; i++) values[i]! *= -1;
      },
    ],
    ['zero', ({ values }) => void values.fill(0)],
  ])('%s disagrees', (_mistake, change) => {
    const comparison = compare(a, withGrads(b, change), tolerance);
    expect(comparison.verdict).toBe('disagrees');
    expect(comparison.failed).toBe('gradients');
    expect(comparison.worst.normalised).toBeGreaterThan(1000);
  });

  test('a bias that keeps the last sample only disagrees', () => {
    const last = plainAnswer({ ...given, batch: batchRows(given.batch, 31, 32) }, BACKWARDS);
    const { offset, size } = slotOf(given.model.layout, 'fc1.bias');
    const wrong = withGrads(b, ({ values }) => {
      for (let i = offset; i < offset + size; i++) values[i] = last.grads.values[i]! / 32;
    });
    const comparison = compare(a, wrong, tolerance);
    expect(comparison.verdict).toBe('disagrees');
    expect(comparison.worst.entry).toMatch(/^fc1\.bias\[\d\]$/);
  });

  test('the worst entry is named, with both values and its tolerance', () => {
    const { offset } = slotOf(given.model.layout, 'fc2.weight');
    const wrong = withGrads(b, ({ values }) => {
      values[offset + 2] = 3;
    });
    const { worst } = compare(a, wrong, tolerance);
    expect(worst.entry).toBe('fc2.weight[0,2]');
    expect(worst.a).toBe(a.grads.values[offset + 2]);
    expect(worst.b).toBe(3);
    expect(worst.error).toBe(Math.abs(worst.a - 3));
    expect(worst.error / worst.tolerance).toBe(worst.normalised);
  });

  test('a wrong loss or output is said before any gradient', () => {
    const wrong = withGrads(b, ({ values }) => void values.fill(9));
    const outputs = { ...b.outputs, data: b.outputs.data.map((v) => v + 1e-9) };
    expect(compare(a, { ...wrong, outputs }, tolerance).failed).toBe('outputs');
    const lossToo = compare(a, { ...wrong, outputs, loss: b.loss * (1 + 1e-12) }, tolerance);
    expect(lossToo).toMatchObject({ verdict: 'disagrees', failed: 'loss' });
    expect(lossToo.worst.entry).toBe('loss');
  });

  test('a wrong input gradient disagrees, though all parameters agree', () => {
    const inputs = { ...b.inputs!, data: b.inputs!.data.map((v, i) => (i === 3 ? v + 1e-9 : v)) };
    const comparison = compare(a, { ...b, inputs }, tolerance);
    expect(comparison).toMatchObject({ verdict: 'disagrees', failed: 'inputs' });
    expect(comparison.worst.entry).toBe(
      `inputs[${Math.floor(3 / given.model.inputs)},${3 % given.model.inputs}]`,
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a %s gradient is not finite', (bad) => {
    const wrong = withGrads(b, ({ values }) => {
      values[4] = bad;
    });
    expect(compare(a, wrong, tolerance).verdict).toBe('not-finite');
    expect(compare(wrong, wrong, tolerance).verdict).toBe('not-finite');
  });

  test('shapes that are not the problem’s throw', () => {
    const foreign = zeroParams(mlp([1, 1]).layout);
    expect(() => compare(a, { ...b, grads: foreign }, tolerance)).toThrow(/gradient: slot 0/);
    expect(() => compare(a, { ...b, outputs: zeros(1, 9) }, tolerance)).toThrow(/outputs: got/);
  });
});

test.each(['square', 'deep', 'classes'] as const)(
  'a dropped transpose disagrees on %s, whose hidden layers are square',
  (name) => {
    const given = problems[name];
    const wrong = plainAnswer(given, { ...BACKWARDS, dropsTranspose: true });
    const comparison = compare(plainAnswer(given, FORWARDS), wrong, toleranceOf(given));
    expect(comparison).toMatchObject({ verdict: 'disagrees', failed: 'gradients' });
    expect(comparison.worst.entry).toMatch(/^fc/);
  },
);

describe('compare, with error bars', () => {
  const tolerance = toleranceOf(square);
  const a = plainAnswer(square, FORWARDS);
  const oracle = (bar: number, off = 0): Answer => {
    const uncertainty = zeroParams(square.model.layout);
    uncertainty.values.fill(bar);
    const grads = copyParams(a.grads);
    grads.values[5]! += off;
    return { ...a, grads, uncertainty };
  };

  test('a difference within a sharp bar agrees', () => {
    expect(compare(a, oracle(1e-10, 0.9e-10), tolerance).verdict).toBe('agrees');
  });

  test('a difference beyond the bar disagrees, however wide the bar', () => {
    expect(compare(a, oracle(1e-10, 1.1e-10), tolerance).verdict).toBe('disagrees');
    expect(compare(a, oracle(0.1, 0.2), tolerance).verdict).toBe('disagrees');
  });

  test('a bar too wide to show the error asked for is unresolved, and infinity is', () => {
    expect(compare(a, oracle(1e-3), tolerance).verdict).toBe('unresolved');
    expect(compare(a, oracle(1e-3), tolerance, { rtol: 1 }).verdict).toBe('agrees');
    expect(compare(a, oracle(Number.POSITIVE_INFINITY), tolerance).verdict).toBe('unresolved');
  });

  test('what is caught includes the bar', () => {
    const { caught } = compare(a, oracle(1e-10), tolerance);
    expect(caught.absolute).toBeGreaterThanOrEqual(1e-10);
    expect(caught.absolute).toBeLessThan(1.1e-10);
    expect(caught.relative).toBeCloseTo(caught.absolute / norm(a.grads), 15);
  });

  test('a slot that vanishes is judged against the whole gradient', () => {
    const { offset, size } = slotOf(square.model.layout, 'fc1.weight');
    const dead = (answer: Answer): Answer =>
      withGrads(answer, ({ values }) => void values.fill(0, offset, offset + size));
    const comparison = compare(dead(a), dead(oracle(1e-11)), tolerance);
    expect(comparison).toMatchObject({ verdict: 'agrees', notes: [] });
  });

  test('where the whole gradient vanishes within its bars, nothing is shown: flat', () => {
    const nothing = (answer: Answer): Answer =>
      withGrads(answer, ({ values }) => void values.fill(0));
    const comparison = compare(nothing(a), nothing(oracle(1e-11)), tolerance);
    expect(comparison).toMatchObject({ verdict: 'unresolved', notes: ['flat'] });
    expect(comparison.caught.relative).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('compare, where rounding alone is too coarse', () => {
  const tolerance = toleranceOf(square);
  const a = plainAnswer(square, FORWARDS);
  const b = plainAnswer(square, BACKWARDS);
  const { offset, size } = slotOf(square.model.layout, 'fc2.weight');
  /** The tolerance with every σ of one slot so large that it hides the slot. */
  const coarse = (): typeof tolerance => {
    const grads = copyParams(tolerance.sigma.grads);
    grads.values.fill(1, offset, offset + size);
    return { ...tolerance, sigma: { ...tolerance.sigma, grads } };
  };

  test('half as much again in a slot that rounding hides is unresolved', () => {
    const wrong = withGrads(b, ({ values }) => {
      for (let i = offset; i < offset + size; i++) values[i]! *= 1.5;
    });
    const comparison = compare(a, wrong, coarse());
    expect(comparison).toMatchObject({ verdict: 'unresolved', failed: 'gradients' });
    expect(comparison.worst.entry).toMatch(/^fc2\.weight/);
  });

  test.each<[string, (sigma: typeof tolerance.sigma) => typeof tolerance.sigma, string]>([
    ['the loss', (sigma) => ({ ...sigma, loss: 1 }), 'loss'],
    [
      'outputs',
      (sigma) => ({ ...sigma, outputs: { ...sigma.outputs, data: filled(sigma.outputs.data) } }),
      'outputs',
    ],
    [
      'input gradients',
      (sigma) => ({ ...sigma, inputs: { ...sigma.inputs, data: filled(sigma.inputs.data) } }),
      'inputs',
    ],
  ])('so are %s', (_what, change, failed) => {
    const wide = { ...tolerance, sigma: change(tolerance.sigma) };
    const loss = b.loss * (1 + 1e-15);
    expect(compare(a, { ...b, loss }, wide)).toMatchObject({ verdict: 'unresolved', failed });
  });

  test('it hides nothing that is wrong elsewhere', () => {
    const wrong = withGrads(b, ({ values }) => {
      values[0]! += 1e-6;
    });
    const wide = { ...tolerance, sigma: { ...tolerance.sigma, loss: 1 } };
    expect(compare(a, { ...wrong, loss: 2 * b.loss }, wide)).toMatchObject({
      verdict: 'disagrees',
      failed: 'gradients',
    });
  });

  test('a cross entropy next to 0, known to one rounding of 1, agrees', () => {
    const sharp = { ...tolerance, problem: { ...classes }, sigma: toleranceOf(classes).sigma };
    const [x, y] = [plainAnswer(classes, FORWARDS), plainAnswer(classes, BACKWARDS)];
    const close = compare({ ...x, loss: 1e-17 }, { ...y, loss: 0 }, sharp);
    expect(close.verdict).toBe('agrees');
  });

  const filled = (data: ArrayLike<number>): Float64Array => new Float64Array(data.length).fill(1);
});

describe('compare, at a kink', () => {
  // 0.1 + 0.6 − 0.7 is 0 and −0.7 + 0.6 + 0.1 is 2.8e-17: the order of the sum decides the branch.
  const model = mlp([3, 1, 1], {
    hidden: 'relu',
    output: 'identity',
    loss: { kind: 'mse', reduction: 'sum' },
    bias: false,
  });
  const params = zeroParams(model.layout);
  params.values.set([1, 1, 1, 2]);
  const batch = { inputs: zeros(1, 3), targets: zeros(1, 1) };
  batch.inputs.data.set([0.1, 0.6, -0.7]);
  batch.targets.data.set([1.5]);
  const given: Problem = { model, params, batch, dtype: 'float64' };
  const tolerance = toleranceOf(given);
  const left = plainAnswer(given, FORWARDS);
  const right = plainAnswer(given, BACKWARDS);

  test('the two orders do take different branches', () => {
    expect(left.grads.values[0]).toBe(0);
    expect(right.grads.values[0]).toBeCloseTo(-0.6, 12);
  });

  test('gradients of either branch agree, with a note', () => {
    const comparison = compare(left, right, tolerance);
    expect(comparison).toMatchObject({ verdict: 'agrees', notes: ['kink'], failed: null });
  });

  test('a gradient of neither branch disagrees', () => {
    for (const factor of [0.5, 1.001, -1]) {
      const wrong = withGrads(right, ({ values }) => {
        values[0]! *= factor;
      });
      const comparison = compare(left, wrong, tolerance);
      expect(comparison).toMatchObject({ verdict: 'disagrees', notes: ['kink'] });
    }
  });

  test('no kink is where nothing moves: behind units that are off, and of rows of zeros, without bias', () => {
    const relu = { hidden: 'relu', output: 'relu', bias: false } as const;
    const wide = mlp([3, 2, 4, 1, 1], { ...relu, loss: { kind: 'mse', reduction: 'sum' } });
    let judged = 0;
    for (let seed = 0; seed < 40; seed++) {
      const zeroed = smallProblem(wide, 11, seed);
      zeroed.batch.inputs.data.fill(0, 0, 9);
      const answer = plainAnswer(zeroed, FORWARDS);
      const scaled = withGrads(answer, ({ values }) => {
        for (let i = 0; i < values.length; i++) values[i]! *= 1.001;
      });
      if (norm(answer.grads) === 0) continue;
      const comparison = compare(answer, scaled, toleranceOf(zeroed));
      expect(comparison, `seed ${seed}`).toMatchObject({ verdict: 'disagrees', notes: [] });
      judged++;
    }
    expect(judged).toBeGreaterThan(5);
  });

  test('where inputs are 0 without bias, gradients of the inputs may take either branch', () => {
    // f(x) = (2 max(0, x₁ + x₂ + x₃) − 1.5)² at 0: its slopes are 0 and −6.
    const zeroed = { ...given, batch: { ...batch, inputs: zeros(1, 3) } };
    const answer = plainAnswer(zeroed, FORWARDS);
    const sloped = (slope: number): Answer => ({
      ...answer,
      inputs: { ...answer.inputs!, data: new Float64Array(3).fill(slope) },
    });
    const found = (slope: number) => compare(answer, sloped(slope), toleranceOf(zeroed));
    expect(found(-6)).toMatchObject({ verdict: 'agrees', notes: ['kink', 'flat'] });
    expect(found(-3)).toMatchObject({
      verdict: 'disagrees',
      failed: 'inputs',
      notes: ['kink', 'flat'],
    });
  });

  test('however many of these, a gradient of neither branch elsewhere disagrees', () => {
    const rows = { ...batch, inputs: zeros(9, 3), targets: zeros(9, 1) };
    rows.inputs.data.set(batch.inputs.data);
    rows.targets.data.set(batch.targets.data);
    const many = { ...given, batch: rows };
    const wrong = withGrads(plainAnswer(many, BACKWARDS), ({ values }) => {
      values[0]! *= 0.5;
    });
    const comparison = compare(plainAnswer(many, FORWARDS), wrong, toleranceOf(many));
    expect(comparison).toMatchObject({ verdict: 'disagrees', notes: ['kink'] });
  });

  test('too many undecided units are unresolved where gradients differ, and agree where they do not', () => {
    const rows = 9;
    const many = {
      ...given,
      batch: { inputs: zeros(rows, 3), targets: zeros(rows, 1) },
    };
    for (let row = 0; row < rows; row++) {
      many.batch.inputs.data.set(batch.inputs.data, 3 * row);
      many.batch.targets.data[row] = 1.5;
    }
    const [x, y] = [plainAnswer(many, FORWARDS), plainAnswer(many, BACKWARDS)];
    expect(compare(x, y, toleranceOf(many))).toMatchObject({
      verdict: 'unresolved',
      notes: ['kink'],
    });
    const same = compare(x, x, toleranceOf(many));
    expect(same.verdict).toBe('agrees');
    expect(same.notes).not.toContain('kink');
  });
});
