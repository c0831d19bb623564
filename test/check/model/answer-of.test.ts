import { expect, test } from 'vitest';
import { answerOf, same } from '../../../src/check/model/answer-of.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { mlp } from '../../../src/model/model.ts';
import { smallProblem } from '../../random-problem.ts';

test('same tells 0 from −0, and takes NaN for NaN', () => {
  const like = (a: number, b: number) => same(Float64Array.of(1, a), Float64Array.of(1, b));
  expect([like(2, 2), like(Number.NaN, Number.NaN), like(-0, -0)]).toEqual([true, true, true]);
  expect([like(2, 2 + 2 ** -51), like(0, -0), like(-0, 0)]).toEqual([false, false, false]);
  expect([like(Number.NaN, 2), like(2, Number.NaN), like(1 / 0, -1 / 0)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('a method from outside the types that prepares nothing is of the wrong type', async () => {
  const shape = { hidden: 'tanh', output: 'identity', loss: 'mse' } as const;
  const problem = smallProblem(mlp([2, 3, 1], shape), 4, 1);
  const nothing = { name: 'nothing', prepare: async () => ({}) } as unknown as GradientMethod;
  expect(await answerOf(nothing, problem)).toEqual({
    kind: 'refused',
    verdict: 'wrong-type',
    why: 'prepare returned no run with a valueAndGrad, expected { kind: "prepared", run }',
  });
});
