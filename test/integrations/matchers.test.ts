import { expect as jestExpect } from 'expect';
import { describe, expect, test } from 'vitest';
import { mistakes } from '../../src/check/mistakes/mistakes.ts';
import { manualFused } from '../../src/gradients/manual/method.ts';
import { gradientMatchers as forJest } from '../../src/integrations/jest.ts';
import { gradientMatchers } from '../../src/integrations/vitest.ts';
import { mlp } from '../../src/model/model.ts';
import { smallProblem } from '../random-problem.ts';

jestExpect.extend(forJest);

const at = [1.5, -0.5, 2];
/** Σ i·xᵢ³ */
const cubes = (x: Float64Array): number => x.reduce((sum, v, i) => sum + (i + 1) * v ** 3, 0);
const right = (x: Float64Array): Float64Array => x.map((v, i) => 3 * (i + 1) * v ** 2);
const doubled = (x: Float64Array): Float64Array => right(x).map((v) => 2 * v);
const here = Float64Array.from(at);

/** f whose values come in steps of 0.1: no difference can show that its gradient is right. */
const steps = (x: Float64Array): number => Math.round(cubes(x) * 10) / 10;
const throwing = (): never => {
  throw new Error('no data');
};

/** (x₀x₁, x₁ + x₂²) */
const pair = (x: Float64Array): number[] => [x[0]! * x[1]!, x[1]! + x[2]! ** 2];
const pairVjp = (x: Float64Array, [a, b]: Float64Array): number[] => [
  a! * x[1]!,
  a! * x[0]! + b!,
  b! * 2 * x[2]!,
];

/** What an assertion says when it fails; fails itself where the assertion holds. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion holds');
}

async function laterFailure(assertion: Promise<void>): Promise<string> {
  const held = await assertion.then(
    () => null,
    (error: Error) => error.message,
  );
  if (held === null) throw new Error('the assertion holds');
  return held;
}

describe.each([
  { runner: 'vitest', expect: expect as unknown as typeof jestExpect },
  { runner: 'Jest', expect: jestExpect },
])("$runner's expect", ({ expect: check }) => {
  test('a right gradient passes, as a function, at several points and as an array', () => {
    check(right).toBeGradientOf(cubes, { at });
    check(right).toBeGradientOf(cubes, { at: [at, [0.1, 0.2, 0.3]], seed: 7, rtol: 1e-7 });
    check(right(here)).toBeGradientOf(cubes, { at });
    check(Array.from(right(here))).toBeGradientOf(cubes, { at: [at] });
  });

  test('a wrong one fails, and the message says what is wrong with it', () => {
    const message = failure(() => check(doubled).toBeGradientOf(cubes, { at, seed: 5 }));
    check(message).toMatch(/^doubled: /);
    check(message).toContain('2 times too large');
    check(message).toContain('x[2]');
    check(message).toContain('seed 5');
  });

  test('a wrong array fails too; a name needs more entries, since it stands for one point', () => {
    const short = failure(() => check(doubled(here)).toBeGradientOf(cubes, { at }));
    check(short).toMatch(/^gradient: /);
    check(short).toContain('every entry checked is 2 times');
    const longer = [...at, 0.3, -1.2, 0.8];
    const values = doubled(Float64Array.from(longer));
    const message = failure(() => check(values).toBeGradientOf(cubes, { at: longer }));
    check(message).toContain('2 times too large');
  });

  test('entries are named by slots, and the case by its name', () => {
    const slots = [
      { name: 'weight', shape: [2] },
      { name: 'bias', shape: [1] },
    ];
    const biasForgotten = (x: Float64Array): Float64Array => right(x).fill(0, 2);
    const options = { at, slots, name: 'my loss' };
    const message = failure(() => check(biasForgotten).toBeGradientOf(cubes, options));
    check(message).toMatch(/^my loss: /);
    check(message).toContain('bias');
  });

  test('a vjp is checked with cotangents of its own', () => {
    check(pairVjp).toBeVjpOf(pair, { at });
    const ignoring = (x: Float64Array): number[] => pairVjp(x, Float64Array.of(1, 1));
    const message = failure(() => check(ignoring).toBeVjpOf(pair, { at }));
    check(message).toContain('upstream-ignored');
  });

  test('what cannot be judged fails, says so, and passes on request', () => {
    const message = failure(() => check(right).toBeGradientOf(steps, { at }));
    check(message).toContain('unresolved');
    check(message).toContain('allowUnresolved');
    check(right).toBeGradientOf(steps, { at, allowUnresolved: true });
  });

  test('allowUnresolved lets nothing else pass', () => {
    const options = { at, allowUnresolved: true };
    failure(() => check(doubled).toBeGradientOf(cubes, options));
    failure(() => check(right).toBeGradientOf(throwing, options));
  });

  test('not: passes where differences contradict the gradient', () => {
    check(doubled).not.toBeGradientOf(cubes, { at });
    check(doubled(here)).not.toBeGradientOf(cubes, { at });
    check(() => [Number.NaN, 0, 0]).not.toBeGradientOf(cubes, { at });
  });

  test.each([
    ['the gradient is right', right, cubes, 'agrees'],
    ['f throws', right, throwing, 'threw'],
    ['f is NaN', right, () => Number.NaN, 'not-finite'],
    ['nothing can be judged', right, steps, 'unresolved'],
    ['the gradient has another length', () => [1], cubes, 'wrong-shape'],
    ['the gradient is none', () => undefined, cubes, 'wrong-type'],
  ])('not: fails where %s, and says why', (_what, gradient, f, verdict) => {
    const message = failure(() => check(gradient).not.toBeGradientOf(f, { at }));
    check(message).toMatch(/^expected a gradient that differences contradict, got\n/);
    check(message).toContain(verdict);
  });

  test.each([
    ['no options', right, undefined, 'expect(…).toBeGradientOf(f, …): got no point'],
    ['no point', right, {}, 'got no point, expected { at: an array }'],
    ['a misspelt point', right, { att: at, seed: 1 }, 'got no point but att, seed, expected { at:'],
    ['a number as point', right, { at: 3 }, 'got at: a number'],
    ['a number as gradient', 3, { at }, 'expect(…).toBeGradientOf: got a number, expected a func'],
    ['a promise', Promise.resolve(right), { at }, 'got a Promise'],
    ['an array at two points', [1, 2, 3], { at: [at, at] }, 'at: got 2 points, expected one'],
    ['an unknown mode', right, { at, mode: 'quick' }, 'options.mode: got quick'],
    ['slots that do not fit', right, { at, slots: [] }, 'case "right": slots have 0 entries'],
  ])('bad usage throws in one line, not or no not: %s', (_what, gradient, options, says) => {
    // Beyond the types, as JavaScript may.
    const given = options as { at: number[] };
    const plain = failure(() => check(gradient).toBeGradientOf(cubes, given));
    const negated = failure(() => check(gradient).not.toBeGradientOf(cubes, given));
    check(plain).toContain(says);
    check(negated).toBe(plain);
    check(plain).not.toContain('\n');
  });

  test('an array has no vjp', () => {
    const message = failure(() => check([1, 2, 3]).toBeVjpOf(pair, { at }));
    check(message).toContain('expect(…).toBeVjpOf: got an array of 3, expected a function');
  });

  const { model, params, batch } = smallProblem(mlp([2, 3, 1]), 5, 1);
  const planted = (name: string) => mistakes.find((m) => m.name === name)!.method();

  test('a network: every entry of a right method passes', async () => {
    await check(manualFused).toHaveRightGradients(model, params, batch);
    await check(planted('mean-missing')).not.toHaveRightGradients(model, params, batch);
  });

  test('a network: a planted mistake fails with its name', async () => {
    const wrong = check(planted('mean-missing')).toHaveRightGradients(model, params, batch);
    const message = await laterFailure(wrong);
    check(message).toMatch(/^mean-missing: /);
    check(message).toContain('mean is missing');
  });

  test.each([
    ['nothing at all', [], 'model: got undefined, expected a model, as of mlp(…)'],
    ['no params', [model], 'params: got undefined, expected { layout, values }'],
    ['numbers as params', [model, [1, 2, 3]], 'params: got an array of 3, expected { layout'],
    ['no batch', [model, params], 'batch: got undefined, expected { inputs, targets }'],
    [
      'a batch of plain arrays',
      [model, params, { inputs: [[1, 2]], targets: [[1]] }],
      'batch.inputs: got an array of 1, expected { rows, cols, data }, as of matrixOf(…)',
    ],
    ['null as options', [model, params, batch, null], 'options: got null, expected an object'],
  ])('a network: bad usage throws at once and in one line: %s', (_what, given, says) => {
    // Beyond the types, as JavaScript may; without await, as who forgets it.
    const matcher = check(manualFused) as { toHaveRightGradients(...all: unknown[]): unknown };
    const message = failure(() => void matcher.toHaveRightGradients(...given));
    check(message).toMatch(/^expect\(method\)\.toHaveRightGradients\(model, params, batch\): .*$/);
    check(message).toContain(says);
  });

  test.each([{}, null, [1, 2]])('a network: %j is no method', (method) => {
    const message = failure(() => void check(method).toHaveRightGradients(model, params, batch));
    check(message).toContain('expected a method { name, prepare }');
  });

  test('a network: a wrong loss or a method that throws is no wrong gradient', async () => {
    const wrongLoss: typeof manualFused = {
      name: 'wrong-loss',
      prepare: async (...given) => {
        const prepared = await manualFused.prepare(...given);
        if (prepared.kind === 'unsupported') return prepared;
        const valueAndGrad: typeof prepared.run.valueAndGrad = (...call) =>
          2 * prepared.run.valueAndGrad(...call);
        return { kind: 'prepared', run: { valueAndGrad } };
      },
    };
    const throws: typeof manualFused = { name: 'throws', prepare: async () => throwing() };
    for (const method of [wrongLoss, throws]) {
      await laterFailure(check(method).toHaveRightGradients(model, params, batch));
      await laterFailure(check(method).not.toHaveRightGradients(model, params, batch));
    }
  });
});

test('both entries hand out the same matchers', () => {
  expect(forJest).toBe(gradientMatchers);
});
