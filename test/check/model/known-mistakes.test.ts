import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/check/judge.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import { answerOf, type Call } from '../../../src/check/model/answer-of.ts';
import { checkModel } from '../../../src/check/model/check-model.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { mlp } from '../../../src/model/model.ts';
import { smallProblem } from '../../random-problem.ts';

const problems: readonly Problem[] = [
  smallProblem(mlp([2, 5, 1]), 7, 1),
  smallProblem(mlp([3, 4, 4, 2], { hidden: 'tanh', output: 'identity', loss: 'mse' }), 11, 2),
  smallProblem(
    mlp([3, 4, 3], { hidden: 'relu', output: 'identity', loss: 'cross_entropy' }),
    13,
    3,
  ),
  smallProblem(
    mlp([2, 5, 3, 2], { hidden: { kind: 'elu', alpha: 0.7 }, output: 'tanh', loss: 'mse' }),
    11,
    5,
  ),
];

const check = ({ model, params, batch }: Problem, method: GradientMethod) =>
  checkModel(model, params, batch, method);

describe.each(problems)(
  '$model.name, $model.loss.kind: every mistake is caught and named',
  (problem) => {
    const here = mistakes.filter(({ applies }) => applies(problem.model));
    test.each(here)('$name', async (mistake) => {
      const found = await check(problem, mistake.method());
      expect(['disagrees', 'not-deterministic', 'mutates-input']).toContain(found.verdict);
      expect(found.mistakes).toContain(mistake.name);
      expect(found.diagnosis!.message).toContain(mistake.name);
    });
  },
);

test('mistakes that coincide are named together: a ReLU without mask has a slope of 1', async () => {
  const problem = smallProblem(
    mlp([2, 3, 2], { hidden: 'relu', output: 'identity', loss: 'mse' }),
    5,
    6,
  );
  const found = await check(problem, named('slope-missing').method());
  expect(found.mistakes).toContain('slope-missing');
  for (const name of found.mistakes) {
    const [a, b] = [await first(problem, name), await first(problem, 'slope-missing')];
    a.forEach((v, i) => {
      expect(v).toBeCloseTo(b[i]!, 9);
    });
  }
});

test('where whole layers are off and have no bias, z is 0 and no kink is near', async () => {
  const relu = { hidden: 'relu', output: 'relu', bias: false } as const;
  const model = mlp([3, 2, 4, 1, 1], { ...relu, loss: { kind: 'mse', reduction: 'sum' } });
  let judged = 0;
  for (let seed = 0; seed < 40; seed++) {
    const problem = smallProblem(model, 11, seed);
    const right = await check(problem, manualFused);
    expect(right.verdict, `seed ${seed}`).toBe('agrees');
    if (right.notes.includes('flat')) continue;
    const found = await check(problem, named('dx-weight-forgotten').method());
    expect(found.verdict, `seed ${seed}`).toBe('disagrees');
    judged++;
  }
  expect(judged).toBeGreaterThan(5);
});

describe('two mistakes at once', () => {
  const problem = problems[1]!;
  test('a factor of the loss and another are both named', async () => {
    const found = await check(problem, summed(named('dx-zero').method()));
    expect(found.mistakes).toContain('dx-zero + mean-missing');
  });

  test('two that touch different parameters are both named', async () => {
    const method = together([named('db-zero'), named('dw-transposed')]);
    const found = await check(problem, method);
    expect(found.verdict).toBe('disagrees');
    for (const pair of found.mistakes) expect(pair).toMatch(/ \+ /);
    expect(found.mistakes).toContain('dw-transposed + db-zero');
  });

  test('the mistake of one layer only is named with the layer', async () => {
    const { layout } = problem.model;
    const from = layout.slots.find((s) => s.name === 'fc2.weight')!;
    const method = mixed(named('dw-transposed'), from.offset, from.offset + from.size);
    const found = await check(problem, method);
    expect(found.mistakes).toContain('dw-transposed');
    expect(found.diagnosis!.message).toMatch(/^In fc2: /);
    expect(found.firstWrongLayer).toBe('fc2');
  });
});

test('what is no typical mistake has no name of one', async () => {
  for (const problem of problems) {
    for (const power of [2, 3]) {
      const found = await check(
        problem,
        changed((g) => Math.sign(g) * Math.abs(g) ** power + 0.01 * g),
      );
      expect([found.verdict, found.mistakes]).toEqual(['disagrees', []]);
      expect(found.diagnosis!.kind).not.toBe('known-mistake');
    }
  }
});

test('a mistake of another learning rate is named when that is said', async () => {
  const problem = problems[0]!;
  const { model, params, batch } = problem;
  const method = named('w-updated-before-dx').method({ learningRate: 0.37 });
  expect((await check(problem, method)).mistakes).toEqual([]);
  const told = await checkModel(model, params, batch, method, { learningRate: 0.37 });
  expect(told.mistakes).toContain('w-updated-before-dx');
});

test('a method that answers at one point only is named from it, less surely', async () => {
  const problem = problems[0]!;
  const wrong = named('mean-missing').method();
  const recorded: GradientMethod = {
    name: 'recorded',
    prepare: (model, shape, options) =>
      shape.rows === 7 && options
        ? only(wrong, problem).prepare(model, shape, options)
        : Promise.resolve({ kind: 'unsupported', why: 'not recorded' }),
  };
  const found = await check(problem, recorded);
  expect(found.mistakes).toContain('mean-missing');
  expect(found.diagnosis!.confidence).toBeLessThan(0.95);
});

const named = (name: string): Mistake => mistakes.find((m) => m.name === name)!;

async function firstCall(problem: Problem, method: GradientMethod): Promise<Call> {
  const answer = await answerOf(method, problem);
  if (answer.kind === 'refused') throw new Error(answer.why);
  return answer.first;
}

const first = async (problem: Problem, name: string): Promise<Float64Array> =>
  Float64Array.from((await firstCall(problem, named(name).method())).grads);

/** A method made of others' gradients: `combine` gets the right one's and theirs. */
function combined(
  others: readonly GradientMethod[],
  combine: (right: number, values: readonly number[], index: number) => number,
): GradientMethod {
  return {
    name: 'combined',
    prepare: async (model, shape, options) => {
      const runs = await Promise.all(
        [manualFused, ...others].map(async (m) => {
          const prepared = await m.prepare(model, shape, options);
          if (prepared.kind === 'unsupported') throw new Error(prepared.why);
          return prepared.run;
        }),
      );
      return {
        kind: 'prepared',
        run: {
          valueAndGrad(params, batch, into, extra) {
            const parts = runs.map((run) => {
              const g = { ...into, values: into.values.slice() };
              return { loss: run.valueAndGrad(params, batch, g, extra), g };
            });
            for (let i = 0; i < into.values.length; i++) {
              const [right, ...rest] = parts.map(({ g }) => g.values[i]!);
              into.values[i] = combine(right!, rest, i);
            }
            return parts[0]!.loss;
          },
        },
      };
    },
  };
}

/** Times N·C, whatever the batch: the mean of a squared error is missing as well. */
const summed = (method: GradientMethod): GradientMethod => ({
  ...method,
  prepare: (model, shape, options) =>
    combined([method], (_right, [v]) => v! * shape.rows * model.outputs).prepare(
      model,
      shape,
      options,
    ),
});

const together = (both: readonly Mistake[]): GradientMethod =>
  combined(
    both.map((m) => m.method()),
    (right, values) => values.reduce((g, v) => g + (v - right), right),
  );

const mixed = (mistake: Mistake, from: number, to: number): GradientMethod =>
  combined([mistake.method()], (right, [v], i) => (i >= from && i < to ? v! : right));

const changed = (change: (g: number) => number): GradientMethod =>
  combined([], (right) => change(right));

/** Refuses other params than the problem's. */
const only = (method: GradientMethod, problem: Problem): GradientMethod => ({
  name: method.name,
  prepare: async (model, shape, options) => {
    const prepared = await method.prepare(model, shape, options);
    if (prepared.kind === 'unsupported') return prepared;
    return {
      kind: 'prepared',
      run: {
        valueAndGrad(params, batch, into, extra) {
          if (params.values[0] !== problem.params.values[0]) throw new Error('not recorded');
          return prepared.run.valueAndGrad(params, batch, into, extra);
        },
      },
    };
  },
});
