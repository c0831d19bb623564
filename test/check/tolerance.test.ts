import { describe, expect, test } from 'vitest';
import { compare } from '../../src/check/compare.ts';
import type { Problem } from '../../src/check/judge.ts';
import { judge } from '../../src/check/judge.ts';
import { toleranceOf } from '../../src/check/tolerance.ts';
import { mlp } from '../../src/model/model.ts';
import { random } from '../../src/numeric/random.ts';
import { ACTIVATIONS, problemOf, randomProblem } from '../random-problem.ts';
import { BACKWARDS, FORWARDS, plainAnswer } from './plain-network.ts';

/** Of two right answers over many problems: the largest |Δ|/σ, who is called wrong, who undecided. */
function worstSigmas(problems: readonly Problem[]): {
  worst: number;
  failures: string[];
  unresolved: Problem[];
} {
  let worst = 0;
  const failures: string[] = [];
  const unresolved: Problem[] = [];
  problems.forEach((given, i) => {
    const [a, b] = [plainAnswer(given, FORWARDS), plainAnswer(given, BACKWARDS)];
    const { verdict, worst: entry, parts } = compare(a, b, toleranceOf(given));
    if (verdict === 'unresolved') unresolved.push(given);
    else if (verdict !== 'agrees') {
      failures.push(`${i}: ${given.model.name} ${given.model.loss.kind} ${verdict} ${entry.entry}`);
    }
    for (const part of Object.values(parts)) {
      if (part) worst = Math.max(worst, 64 * part.normalised);
    }
  });
  return { worst, failures, unresolved };
}

const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('tolerance: two right ways, sums in opposite orders, textbook and fused', () => {
  test('400 random networks, sizes and batches down to 1, stay within 8σ', () => {
    const { worst, failures, unresolved } = worstSigmas(seeds(400).map((s) => randomProblem(s)));
    expect(failures).toEqual([]);
    // Only where probabilities saturate does rounding hide more than a millionth.
    expect(unresolved.length).toBeLessThan(8);
    expect(unresolved.filter(({ model }) => model.loss.kind !== 'bce')).toEqual([]);
    expect(worst).toBeLessThan(8);
    expect(worst).toBeGreaterThan(1); // σ is no gross overestimate either
  });

  test('200 random networks in float32 stay within 8σ', () => {
    const { worst, failures, unresolved } = worstSigmas(
      seeds(200).map((s) => randomProblem(s, 'float32')),
    );
    expect(failures).toEqual([]);
    expect(unresolved.length).toBeLessThan(12);
    expect(worst).toBeLessThan(8);
    expect(worst).toBeGreaterThan(1);
  });

  test('weights of half and whole size are all resolved, in float64', () => {
    for (const scale of [0.5, 1]) {
      const problems = seeds(200).map((s) => randomProblem(s, 'float64', scale));
      expect(worstSigmas(problems)).toMatchObject({ failures: [], unresolved: [] });
    }
  });

  test('200 saturated networks, weights of size 20, stay within 64σ', () => {
    const { failures, unresolved } = worstSigmas(
      seeds(200).map((s) => randomProblem(s, 'float64', 20)),
    );
    expect(failures).toEqual([]);
    expect(unresolved.length).toBeLessThan(50);
  });

  test('200 saturated networks in float32, weights of size 3, stay within 64σ', () => {
    const { failures } = worstSigmas(seeds(200).map((s) => randomProblem(s, 'float32', 3)));
    expect(failures).toEqual([]);
  });

  test('21 layers stay within 64σ', () => {
    const problems = seeds(8).map((s) => {
      const r = random(s);
      const model = mlp([5, ...Array<number>(20).fill(8), 3], {
        hidden: ACTIVATIONS[s % ACTIVATIONS.length]!,
        output: 'identity',
        loss: s % 2 ? 'mse' : 'cross_entropy',
      });
      return problemOf(model, 8, r, 'float64', () => r.normal());
    });
    expect(worstSigmas(problems).failures).toEqual([]);
  });

  test('all weights equal, where errors are not independent, stay within 64σ up to 5 layers', () => {
    const problems = seeds(120).map((s) => {
      const r = random(s);
      const sizes = Array.from({ length: 3 + r.integer(4) }, () => 1 + r.integer(16));
      const loss = (['bce', 'mse', 'cross_entropy'] as const)[s % 3]!;
      const weight = r.normal();
      const model = mlp(sizes, {
        hidden: ACTIVATIONS[r.integer(ACTIVATIONS.length)]!,
        output: loss === 'bce' ? 'sigmoid' : 'identity',
        loss,
      });
      return problemOf(model, 1 + r.integer(20), r, 'float64', () => weight);
    });
    expect(worstSigmas(problems).failures).toEqual([]);
  });

  test('zeros everywhere: nothing to round, nothing to differ', () => {
    for (const hidden of ACTIVATIONS) {
      const model = mlp([3, 4, 2], { hidden, output: 'identity', loss: 'mse' });
      const given = problemOf(model, 5, random(1), 'float64', () => 0);
      expect(worstSigmas([given]).failures).toEqual([]);
    }
  });
});

test('the tolerance is tight: σ is below 1e-14 of ‖gradient‖ on the material’s network', () => {
  const r = random(6);
  const given = problemOf(mlp([2, 5, 1]), 640, r, 'float64', () => r.normal());
  const { sigma } = toleranceOf(given);
  const { value } = judge(given).grads;
  const norm = Math.sqrt(value.reduce((s, v) => s + v * v, 0));
  expect(Math.max(...sigma.grads.values)).toBeLessThan(1e-14 * norm);
  expect(Math.min(...sigma.grads.values)).toBeGreaterThan(0);
  expect(sigma.loss).toBeLessThan(1e-14);
});

test('float32 tolerances are about 2²⁹ times those of float64', () => {
  const given = randomProblem(12);
  const double = toleranceOf(given).sigma.loss;
  const single = toleranceOf({ ...given, dtype: 'float32' }).sigma.loss;
  expect(single / double / 2 ** 29).toBeGreaterThan(0.9);
  expect(single / double / 2 ** 29).toBeLessThan(1.1);
});

describe('bce in deep saturation', () => {
  // At z = 40 a double has 1 − p = 0: the clamped textbook derivative is 0, p − y is 1.
  const given = problemOf(mlp([1, 1], { bias: false }), 1, random(1), 'float64', () => 40);
  given.batch.inputs.data[0] = 1;
  given.batch.targets.data[0] = 0;
  const tolerance = toleranceOf(given);
  const [a, b] = [plainAnswer(given, FORWARDS), plainAnswer(given, BACKWARDS)];

  test('textbook and fused differ by whole units, within the tolerance: nobody can judge that', () => {
    expect([a.grads.values[0], b.grads.values[0]]).toEqual([0, 1]);
    const comparison = compare(a, b, tolerance);
    expect(comparison.verdict).toBe('unresolved');
    expect(comparison.notes).toContain('flat');
  });

  test('a loss of 40 beside one of 100 is unresolved, and no part agrees for it', () => {
    const comparison = compare({ ...b, loss: 40 }, { ...b, loss: 100 }, tolerance);
    expect(comparison).toMatchObject({ verdict: 'unresolved', failed: 'loss' });
  });

  test('equal numbers agree, with the note that this shows little', () => {
    expect(compare(a, a, tolerance)).toMatchObject({ verdict: 'agrees', notes: ['flat'] });
  });

  test('one row of 64 at z = 38 hides a gradient that is half as large again: unresolved', () => {
    const wide = problemOf(mlp([1, 1], { bias: false }), 64, random(1), 'float64', () => 1);
    wide.params.values[0] = 1;
    wide.batch.inputs.data[0] = 38;
    wide.batch.targets.data[0] = 0;
    const right = plainAnswer(wide, BACKWARDS);
    const grads = { ...right.grads, values: right.grads.values.map((v) => 1.5 * v) };
    const comparison = compare(right, { ...right, grads }, toleranceOf(wide));
    expect(comparison).toMatchObject({ verdict: 'unresolved', failed: 'gradients' });
  });
});
