import { describe, expect, test } from 'vitest';
import { measureAgreement } from '../../src/check/agreement.ts';
import type { Problem } from '../../src/check/judge.ts';
import type { Mistake } from '../../src/check/mistakes/mistake.ts';
import { mistakes } from '../../src/check/mistakes/mistakes.ts';
import { everyLayer, planted, spoilt, spoiltLoss } from '../../src/check/mistakes/plant.ts';
import { fused } from '../../src/gradients/manual/fused.ts';
import { manualFused } from '../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { batchRows, batchShape } from '../../src/model/batch.ts';
import { type Model, mlp, sequential } from '../../src/model/model.ts';
import { UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { copyParams, type Params, slotValues, zeroParams } from '../../src/params/params.ts';
import { smallProblem } from '../random-problem.ts';

const sum = 'sum' as const;
const LEAKY = { kind: 'leaky_relu', slope: 0.1 } as const;
const ELU = { kind: 'elu', alpha: 0.7 } as const;

/** Batch sizes are primes that are no width, so that no factor is taken for another. */
const problems: readonly Problem[] = [
  smallProblem(mlp([2, 5, 1]), 7, 1),
  smallProblem(mlp([3, 4, 4, 2], { hidden: 'tanh', output: 'identity', loss: 'mse' }), 11, 2),
  smallProblem(
    mlp([3, 4, 3], { hidden: 'relu', output: 'identity', loss: 'cross_entropy' }),
    13,
    3,
  ),
  smallProblem(mlp([2, 5, 3], { hidden: LEAKY, output: LEAKY, loss: 'mse' }), 7, 4),
  smallProblem(mlp([2, 5, 3, 2], { hidden: ELU, output: 'tanh', loss: 'mse' }), 11, 5),
  smallProblem(mlp([2, 5, 3], { output: 'identity', loss: 'bce_with_logits' }), 7, 6),
  smallProblem(
    mlp([3, 4, 2, 3], { loss: { kind: 'bce', reduction: sum }, name: '3-4-2-3 sum' }),
    5,
    7,
  ),
];

/** Where few mistakes have a place: settings without effect, an activation in front, no bias. */
const bare: readonly Problem[] = [
  smallProblem(
    mlp([3, 1], { output: 'identity', loss: { kind: 'mse', reduction: sum }, bias: false }),
    5,
    8,
  ),
  smallProblem(
    sequential(
      2,
      [
        { kind: 'sigmoid' },
        { kind: 'linear', name: 'only', in: 2, out: 1, bias: false },
        { kind: 'leaky_relu', slope: 1 },
      ],
      { kind: 'bce_with_logits', reduction: 'mean' },
    ),
    11,
    13,
  ),
  smallProblem(
    mlp([2, 3, 1], { hidden: { kind: 'elu', alpha: 1 }, loss: 'bce', bias: false }),
    5,
    11,
  ),
];

/** Held in the parameters' gradients: what applies is said of those, not of the inputs'. */
const hold = async ({ model, params, batch }: Problem, method: GradientMethod) => {
  const paramsOnly: GradientMethod = {
    name: method.name,
    prepare: async (m, shape, options) =>
      options?.wrt === 'params+inputs'
        ? { kind: 'unsupported', why: 'parameters only' }
        : method.prepare(m, shape, options),
  };
  const { rows, cells } = await measureAgreement(model, params, batch, [manualFused, paramsOnly]);
  return { row: rows[1]!, comparison: cells[0]?.comparison };
};

/** What those with a memory or an effect are refused for; all others answer. */
const REFUSED: Readonly<Record<string, object>> = {
  accumulates: { verdict: 'not-deterministic', notes: ['accumulates'] },
  'stale-cache': { verdict: 'not-deterministic', notes: [] },
  'params-updated-inside': { verdict: 'mutates-input' },
};

describe.each([...problems, ...bare])('$model.name, $model.loss.kind', (problem) => {
  const here = mistakes.filter(({ applies }) => applies(problem.model));
  test.each(here)('$name is found in the gradients, the forward pass being right', async (m) => {
    const { row, comparison } = await hold(problem, m.method());
    const refused = REFUSED[m.name];
    if (refused) expect(row).toMatchObject({ kind: 'refused', ...refused });
    else expect(comparison).toMatchObject({ verdict: 'disagrees', failed: 'gradients' });
  });
});

test.each(Object.keys(REFUSED))('%s has the right loss at its first call', async (name) => {
  for (const problem of problems) {
    const [right, first] = [manualFused, named(name).method()].map((m) => firstLoss(problem, m));
    expect(await first).toBe(await right);
  }
});

test.each([...problems, ...bare])(
  'where a mistake has no place it changes nothing: $model.name, $model.loss.kind',
  async (problem) => {
    const absent = mistakes.filter(({ applies }) => !applies(problem.model));
    expect(absent.length).toBeGreaterThan(0);
    for (const { name, method } of absent) {
      const { row, comparison } = await hold(problem, method());
      expect([name, row.kind, comparison?.verdict]).toEqual([name, 'answered', 'agrees']);
    }
  },
);

test('rules that go through the same machinery unspoilt agree', async () => {
  const unspoilt: Mistake[] = [
    planted({ ...about, rules: () => fused }),
    planted({ ...about, rules: () => ({ ...fused, sigmoidBce: null }) }),
    planted({ ...about, rules: () => spoiltLoss(() => () => {}) }),
    planted({
      ...about,
      rules: () => ({ ...fused, layers: everyLayer((rule) => spoilt(rule, () => () => {})) }),
    }),
  ];
  for (const problem of problems) {
    for (const { method } of unspoilt) {
      expect((await hold(problem, method())).comparison?.verdict).toBe('agrees');
    }
  }
});

test('names are unique, in kebab-case, and those of their methods', () => {
  const names = mistakes.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, method } of mistakes) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(method().name).toBe(name);
  }
});

test('each says one sentence and gives the right formula and the wrong one', () => {
  for (const { says, formula } of mistakes) {
    expect(says).toMatch(/^[A-Za-z].*\.$/);
    expect(formula).toContain(' → ');
  }
});

test('every mistake has a place in some network here, and at least 24 in 2-5-1', () => {
  const homeless = mistakes.filter((m) => !problems.some(({ model }) => m.applies(model)));
  expect(homeless.map(({ name }) => name)).toEqual([]);
  expect(mistakes.filter((m) => m.applies(mlp([2, 5, 1]))).length).toBeGreaterThanOrEqual(24);
});

test('a network without parameters has no place for any', () => {
  const model = sequential(2, [{ kind: 'sigmoid' }], { kind: 'bce', reduction: 'mean' });
  expect(mistakes.filter(({ applies }) => applies(model)).map(({ name }) => name)).toEqual([]);
});

test('no two mistakes do the same on every network', async () => {
  const seen = new Map<string, string>();
  for (const { name, method } of mistakes) {
    const all = await Promise.all(problems.map((problem) => behaviour(problem, method())));
    // Two ways to one number differ in the last bits only: six digits tell mistakes apart.
    const key = all
      .flat()
      .map((v) => v.toPrecision(6))
      .join();
    expect(seen.get(key), name).toBeUndefined();
    seen.set(key, name);
  }
});

describe('on 2-5-1 with 7 samples', () => {
  const problem = problems[0]!;
  const N = 7;

  test.each<[string, number]>([
    ['mean-missing', N],
    ['mean-twice', 1 / N],
    ['sign-flipped', -1],
    ['factor-two-extra', 2],
  ])('%s multiplies the gradient by %d', async (name, factor) => {
    const [right, wrong] = await both(problem, name);
    right.values.forEach((g, i) => {
      expect(wrong.values[i]! / g).toBeCloseTo(factor, 12);
    });
  });

  test('dx-zero leaves zeros below, and the rest as it is', async () => {
    const [right, wrong] = await both(problem, 'dx-zero');
    expect(slotValues(wrong, 'fc1.weight').every((g) => g === 0)).toBe(true);
    expect(slotValues(wrong, 'fc2.weight')).toEqual(slotValues(right, 'fc2.weight'));
  });

  test('sample-left-out is (N − 1)/N of the gradient of a batch without it', async () => {
    const [, wrong] = await both(problem, 'sample-left-out');
    const batch = batchRows(problem.batch, 0, N - 1);
    const rest = await gradient({ ...problem, batch }, manualFused);
    wrong.values.forEach((s, i) => {
      expect(s / rest.values[i]!).toBeCloseTo((N - 1) / N, 12);
    });
  });

  test('w-updated-before-dx is right at a learning rate of 0', async () => {
    const right = await gradient(problem, manualFused);
    const method = named('w-updated-before-dx').method({ learningRate: 0 });
    expect(await gradient(problem, method)).toEqual(right);
  });

  test('params-updated-inside takes the step of its learning rate', async () => {
    const params = copyParams(problem.params);
    const method = named('params-updated-inside').method({ learningRate: 0.5 });
    const g = await gradient({ ...problem, params }, method);
    params.values.forEach((v, i) => {
      expect(v).toBe(problem.params.values[i]! - 0.5 * g.values[i]!);
    });
  });

  test('stale-cache gives the right gradient once the call before saw the same batch', async () => {
    const right = await gradient(problem, manualFused);
    expect(
      (await behaviour(problem, named('stale-cache').method(), 2)).slice(-right.values.length),
    ).toEqual([...right.values]);
  });
});

describe('one sample, one linear layer: db is dz', () => {
  const add = (terms: readonly number[]): number => terms.reduce((a, b) => a + b, 0);
  const softmax = (z: readonly number[]): number[] => {
    const powers = z.map(Math.exp);
    return powers.map((power) => power / add(powers));
  };
  const classes = smallProblem(mlp([2, 4], { output: 'identity', loss: 'cross_entropy' }), 1, 14);
  const { params, batch } = classes;
  const [x0, x1] = batch.inputs.data;
  const w = slotValues(params, 'fc1.weight');
  const z = [...slotValues(params, 'fc1.bias')].map(
    (b, k) => b + w[2 * k]! * x0! + w[2 * k + 1]! * x1!,
  );
  const p = softmax(z);
  const c = batch.targets.data[0]!;
  test('the class is not 0, which no formula would show', () => expect(c).toBeGreaterThan(0));
  const y = p.map((_, k) => (k === c ? 1 : 0));
  const dp = p.map((_, k) => -y[k]! / p[k]!); // of −ln p_c
  const through = (d: readonly number[]): number[] => {
    const mean = add(d.map((v, j) => v * p[j]!));
    return p.map((v, k) => v * (d[k]! - mean));
  };

  test.each<[string, readonly number[]]>([
    ['softmax-diagonal-only', p.map((v, k) => dp[k]! * v * (1 - v))],
    ['softmax-mean-for-sum', p.map((v, k) => v * (dp[k]! - add(dp.map((d, j) => d * p[j]!)) / 4))],
    ['softmax-plus', p.map((v, k) => v * (dp[k]! + add(dp.map((d, j) => d * p[j]!))))],
    ['softmax-wrong-axis', p.map((v, k) => v * (dp[k]! - dp[k]! * v))],
    ['softmax-twice', softmax(p).map((v, k) => v - y[k]!)],
    ['label-subtracted', p.map((v) => v - c)],
    ['one-hot-missing', p],
    ['one-hot-off-by-one', p.map((v, k) => v - y[(k + 1) % 4]!)],
    ['log-missing', through(y.map((v) => -v))],
    ['output-slope-twice', through(p.map((v, k) => v - y[k]!))],
  ])('%s is what its formula says', async (name, dz) => {
    const [right, wrong] = await both(classes, name);
    expectClose(slotValues(right, 'fc1.bias'), through(dp));
    expectClose(slotValues(wrong, 'fc1.bias'), dz);
  });

  test.each(['one-term-only', 'term-sign', 'log-missing', 'output-slope-twice'])(
    '%s is the same on logits as on the probabilities of a sigmoid',
    async (name) => {
      const sigmoid = smallProblem(mlp([2, 3]), 1, 15);
      const model = mlp([2, 3], { output: 'identity', loss: 'bce_with_logits' });
      const [, a] = await both(sigmoid, name);
      const [, b] = await both({ ...sigmoid, model }, name);
      expectClose(a.values, b.values);
    },
  );

  test.each<[string, (a: number, z: number) => number]>([
    ['slope-missing', () => 1],
    ['slope-is-activation', (a) => a],
    ['slope-rest-only', (a) => 1 - a],
    ['slope-plus', (a) => a * (1 + a)],
    ['slope-of-z', (_a, v) => v * (1 - v)],
    ['slope-at-activation', (a) => Math.exp(-a) / (1 + Math.exp(-a)) ** 2],
    ['slope-squared', (a) => (a * (1 - a)) ** 2],
    ['slope-of-tanh', (a) => 1 - a * a],
    ['slope-of-relu', (_a, v) => (v > 0 ? 1 : 0)],
    ['output-slope-missing', () => 1],
  ])('%s has the slope that its formula says', async (name, slope) => {
    const squared = smallProblem(mlp([2, 4], { loss: 'mse' }), 1, 16);
    const zs = [...slotValues(squared.params, 'fc1.bias')].map((b, k) => {
      const [u, v] = squared.batch.inputs.data;
      const weight = slotValues(squared.params, 'fc1.weight');
      return b + weight[2 * k]! * u! + weight[2 * k + 1]! * v!;
    });
    const [right, wrong] = await both(squared, name);
    zs.forEach((v, k) => {
      const a = 1 / (1 + Math.exp(-v));
      const ratio = slotValues(wrong, 'fc1.bias')[k]! / slotValues(right, 'fc1.bias')[k]!;
      expect(ratio * (a * (1 - a))).toBeCloseTo(slope(a, v), 12);
    });
  });
});

describe('two linear layers 3-4-2 and a squared error: products by plain arrays', () => {
  type Rows = readonly (readonly number[])[];
  const table = (rows: number, cols: number, entry: (i: number, j: number) => number): Rows =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => entry(i, j)));
  const rowsOf = (data: ArrayLike<number>, rows: number): Rows =>
    table(rows, data.length / rows, (i, j) => data[(i * data.length) / rows + j]!);
  const turn = (a: Rows): Rows => table(a[0]!.length, a.length, (i, j) => a[j]![i]!);
  const times = (a: Rows, b: Rows): Rows =>
    table(a.length, b[0]!.length, (i, j) => a[i]!.reduce((t, v, k) => t + v * b[k]![j]!, 0));
  const ones = (rows: number, cols: number): Rows => table(rows, cols, () => 1);

  const N = 5;
  const options = { hidden: 'identity', output: 'identity', loss: 'mse' } as const;
  const problem = smallProblem(mlp([3, 4, 2], options), N, 17);
  const slot = (name: string, rows: number): Rows => rowsOf(slotValues(problem.params, name), rows);
  const layer = (x: Rows, w: Rows, b: Rows): Rows =>
    times(x, turn(w)).map((row) => row.map((v, j) => v + b[0]![j]!));
  const x = rowsOf(problem.batch.inputs.data, N);
  const w = slot('fc2.weight', 2);
  const h = layer(x, slot('fc1.weight', 4), slot('fc1.bias', 1));
  const p = layer(h, w, slot('fc2.bias', 1));
  const y = rowsOf(problem.batch.targets.data, N);
  const dy = table(N, 2, (i, j) => (2 * (p[i]![j]! - y[i]![j]!)) / (N * 2));
  const dw = times(turn(dy), h);
  const db = times(ones(1, N), dy);

  test.each<[string, Rows]>([
    ['dx-weight-transposed', times(dy, turn(rowsOf(w.flat(), 4)))],
    ['dx-weight-forgotten', times(dy, ones(2, 4))],
    ['dx-upstream-ignored', times(ones(N, 2), w)],
    ['dx-through-dw', times(dy, dw)],
    ['dx-from-db', times(ones(N, 1), times(db, w))],
    [
      'w-updated-before-dx',
      times(
        dy,
        table(2, 4, (j, k) => w[j]![k]! - 0.1 * dw[j]![k]!),
      ),
    ],
  ])('%s hands down what its formula says, and leaves fc2 alone', async (name, dx) => {
    const [right, wrong] = await both(problem, name);
    expectClose(slotValues(right, 'fc1.weight'), times(turn(times(dy, w)), x).flat());
    expectClose(slotValues(wrong, 'fc1.weight'), times(turn(dx), x).flat());
    expectClose(slotValues(wrong, 'fc1.bias'), times(ones(1, N), dx).flat());
    expectClose(slotValues(wrong, 'fc2.weight'), dw.flat());
    expectClose(slotValues(wrong, 'fc2.bias'), db.flat());
  });

  const last = dy.slice(-1);
  const bias = slot('fc2.bias', 1);
  test.each<[string, { readonly dw?: Rows; readonly db?: Rows }]>([
    ['dw-transposed', { dw: turn(dw) }],
    ['y-for-dy', { dw: times(turn(p), h) }],
    ['last-sample-only', { dw: times(turn(last), h.slice(-1)), db: last }],
    ['db-last-row', { db: last }],
    ['db-averaged', { db: db.map((row) => row.map((v) => v / N)) }],
    ['db-wrong-axis', { db: times(rowsOf(dy.flat(), 2), ones(N, 1)) }],
    ['db-one-scalar', { db: times(db, ones(2, 2)) }],
    ['db-zero', { db: [[0, 0]] }],
    [
      'outputs-swapped',
      { dw: [[...db.flat(), ...dw.flat().slice(0, 6)]], db: [dw.flat().slice(6)] },
    ],
    ['l2-extra', { dw: table(2, 4, (j, k) => dw[j]![k]! + 0.01 * w[j]![k]!) }],
    ['l2-on-bias', { db: [db[0]!.map((v, j) => v + 0.01 * bias[0]![j]!)] }],
  ])('%s gives fc2 the gradients that its formula says', async (name, says) => {
    const [, wrong] = await both(problem, name);
    expectClose(slotValues(wrong, 'fc2.weight'), (says.dw ?? dw).flat());
    expectClose(slotValues(wrong, 'fc2.bias'), (says.db ?? db).flat());
  });
});

test('float32-inside is nothing where all is in float32', async () => {
  const { model, params, batch } = problems[1]!;
  const methods = [manualFused, named('float32-inside').method()];
  const { cells } = await measureAgreement(model, params, batch, methods, { dtype: 'float32' });
  expect(cells[0]!.comparison).toMatchObject({ verdict: 'agrees', ulps: 0 });
});

const about = {
  name: 'none',
  says: 'Nothing is wrong.',
  formula: 'g → g',
  part: 'network',
  applies: (_model: Model) => true,
} as const;

/** Sums of at most 8 products, nested three deep: under 64 roundings of the largest entry's size. */
const expectClose = (got: ArrayLike<number>, expected: ArrayLike<number>): void => {
  expect(got.length).toBe(expected.length);
  const size = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < got.length; i++) {
    expect(Math.abs(got[i]! - expected[i]!)).toBeLessThan(64 * UNIT_ROUNDOFF.float64 * size);
  }
};

const named = (name: string): Mistake => mistakes.find((m) => m.name === name)!;

const both = async (problem: Problem, name: string): Promise<[Params, Params]> => [
  await gradient(problem, manualFused),
  await gradient(problem, named(name).method()),
];

async function prepared({ model, batch }: Problem, method: GradientMethod) {
  const preparation = await method.prepare(model, batchShape(batch));
  if (preparation.kind === 'unsupported') throw new Error(preparation.why);
  return preparation.run;
}

async function gradient(problem: Problem, method: GradientMethod): Promise<Params> {
  const run = await prepared(problem, method);
  const into = zeroParams(problem.model.layout);
  run.valueAndGrad(problem.params, problem.batch, into);
  return into;
}

async function firstLoss(problem: Problem, method: GradientMethod): Promise<number> {
  const run = await prepared(problem, method);
  const params = copyParams(problem.params);
  return run.valueAndGrad(params, problem.batch, zeroParams(problem.model.layout));
}

/** The gradients of calls one after another, with the same arguments. */
async function behaviour(problem: Problem, method: GradientMethod, calls = 2): Promise<number[]> {
  const run = await prepared(problem, method);
  const params = copyParams(problem.params);
  const into = zeroParams(problem.model.layout);
  const all: number[] = [];
  for (let call = 0; call < calls; call++) {
    run.valueAndGrad(params, problem.batch, into);
    all.push(...into.values);
  }
  return all;
}
