import { describe, expect, test } from 'vitest';
import { judge, type Problem } from '../../../src/check/judge.ts';
import { basePoint } from '../../../src/check/model/base-point.ts';
import { networkOf } from '../../../src/check/model/network.ts';
import { type Oracle, oracleOf } from '../../../src/check/model/oracle.ts';
import { roundingErrors } from '../../../src/check/model/rounding-errors.ts';
import { allowed } from '../../../src/check/noisy.ts';
import { toleranceOf } from '../../../src/check/tolerance.ts';
import { movedByParams } from '../../../src/check/undecided-units.ts';
import { exact } from '../../../src/gradients/exact.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { batchShape } from '../../../src/model/batch.ts';
import { evaluate } from '../../../src/model/forward.ts';
import { mlp, sequential } from '../../../src/model/model.ts';
import { double } from '../../../src/numeric/double.ts';
import { copyParams, slotValues, zeroParams } from '../../../src/params/params.ts';
import { fc, test as property } from '../../property.ts';
import { randomProblem, smallProblem, smallProblems } from '../../random-problem.ts';

const gradient = async (problem: Problem, method: GradientMethod): Promise<ArrayLike<number>> => {
  const prepared = await method.prepare(problem.model, batchShape(problem.batch));
  if (prepared.kind === 'unsupported') throw new Error(prepared.why);
  const into = zeroParams(problem.model.layout);
  prepared.run.valueAndGrad(problem.params, problem.batch, into);
  return into.values;
};

/** Entries whose error exceeds their bar, of differences and, for doubles, 8σ of their own rounding. */
const outside = (
  { gradient: { value, bar }, errors }: Oracle,
  truth: ArrayLike<number>,
): number[] =>
  [...value.keys()].filter(
    (i) => !(Math.abs(value[i]! - truth[i]!) <= bar[i]! + 8 * Math.sqrt(errors.grads[i]!)),
  );

describe('every entry lies within its error bar of the truth', () => {
  test.each([
    smallProblem(mlp([2, 5, 1]), 3, 1),
    smallProblem(mlp([3, 4, 2], { hidden: 'tanh', output: 'identity', loss: 'mse' }), 3, 2),
    smallProblem(
      mlp([3, 3, 3], { hidden: 'relu', output: 'identity', loss: 'cross_entropy' }),
      2,
      3,
    ),
    smallProblem(
      mlp([2, 3, 2], {
        hidden: { kind: 'elu', alpha: 0.7 },
        output: 'identity',
        loss: 'bce_with_logits',
      }),
      2,
      4,
    ),
  ])('$model.name, $model.loss.kind: that of the exact method', async (problem) => {
    expect(outside(oracleOf(problem, 0), await gradient(problem, exact))).toEqual([]);
  });

  test('200 random networks of 1 to 12 layers, sizes and batches down to 1', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const problem = randomProblem(seed);
      const wrong = outside(oracleOf(problem, seed), await gradient(problem, manualFused));
      expect([seed, ...wrong]).toEqual([seed]);
    }
  });

  test('more samples than are shifted at once', async () => {
    const problem = smallProblem(mlp([2, 3, 2], { loss: 'bce' }), 97, 5);
    expect(outside(oracleOf(problem, 0), await gradient(problem, manualFused))).toEqual([]);
  });

  test('activations in front, in a row and between linear layers without any', async () => {
    const linear = (name: string, from: number, to: number) =>
      ({ kind: 'linear', name, in: from, out: to, bias: name !== 'b' }) as const;
    const model = sequential(
      3,
      [
        { kind: 'tanh' },
        linear('a', 3, 4),
        linear('b', 4, 2),
        { kind: 'sigmoid' },
        { kind: 'leaky_relu', slope: 0.1 },
        linear('c', 2, 3),
        { kind: 'sigmoid' },
        { kind: 'identity' },
      ],
      { kind: 'bce', reduction: 'sum' },
    );
    const problem = smallProblem(model, 5, 6);
    const oracle = oracleOf(problem, 0);
    expect(oracle.contradiction).toBeNull();
    expect(outside(oracle, await gradient(problem, manualFused))).toEqual([]);
  });

  test('a bar is no looser than it need be: below 1e-9 of the largest entry', () => {
    const problem = smallProblem(
      mlp([4, 5, 3], { hidden: 'tanh', output: 'identity', loss: 'mse' }),
      7,
      7,
    );
    const { value, bar } = oracleOf(problem, 0).gradient;
    expect(Math.max(...bar)).toBeLessThan(1e-9 * Math.max(...value.map(Math.abs)));
  });
});

describe('a unit that is off', () => {
  const [relu, tanh] = (['relu', 'tanh'] as const).map((hidden) => {
    const problem = smallProblem(mlp([2, 3, 1], { hidden, output: 'identity', loss: 'mse' }), 5, 1);
    // The second of three hidden units; the first is on somewhere.
    slotValues(problem.params, 'fc1.bias').set([100, -100, 100]);
    return problem;
  }) as [Problem, Problem];

  test('is not shifted: its derivative is 0 exactly', () => {
    const { deltas, evaluations } = oracleOf(relu, 0);
    expect(evaluations).toBe(6 * (2 + 1));
    for (let n = 0; n < 5; n++) {
      expect([deltas[0]!.value[3 * n + 1], deltas[0]!.bar[3 * n + 1]]).toEqual([0, 0]);
      expect(deltas[0]!.bar[3 * n]).toBeGreaterThan(0);
    }
  });

  test('of an activation without a constant side is', () => {
    const { deltas, evaluations } = oracleOf(tanh, 0);
    expect(evaluations).toBeGreaterThanOrEqual(6 * (3 + 1));
    expect(deltas[0]!.bar[1]).toBeGreaterThan(0);
  });

  test('has no bar either where the loss is not finite', () => {
    const problem = { ...relu, params: copyParams(relu.params) };
    slotValues(problem.params, 'fc2.weight').set([1e200, 1, 1]);
    expect(oracleOf(problem, 0).deltas[0]!.bar[1]).toBe(Number.POSITIVE_INFINITY);
  });
});

property.prop([smallProblems])('the loss is that of the definition', (problem) => {
  const base = basePoint(networkOf(problem));
  const { loss } = evaluate(double, problem.model, [...problem.params.values], problem.batch);
  // Probabilities near 1 leave the definition few digits of their logs.
  const { sigma } = toleranceOf(problem);
  expect(Math.abs(base.loss - loss)).toBeLessThanOrEqual(allowed(sigma.loss));
});

property.prop([fc.integer({ min: 0, max: 5000 }), fc.constantFrom('float64', 'float32')])(
  'the variances are those of the tolerance',
  (seed, dtype) => {
    const problem = randomProblem(seed, dtype as 'float64' | 'float32');
    const own = roundingErrors(networkOf(problem));
    const { grads, outputs, loss, kinks } = judge(problem);
    const pairs: [ArrayLike<number>, ArrayLike<number>][] = [
      [own.grads, grads.variance],
      [own.outputs, outputs.variance],
      [[own.loss], [loss.variance]],
    ];
    for (const [a, b] of pairs) {
      for (let i = 0; i < b.length; i++) {
        // Where σ overflows, both are infinite.
        if (!Object.is(a[i], b[i])) expect(a[i]! / b[i]!).toBeCloseTo(1, 9);
      }
    }
    expect(kinks.filter(movedByParams)).toEqual(own.kinks);
  },
);
