import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/check/judge.ts';
import { checkModel, type ModelCheckOptions } from '../../../src/check/model/check-model.ts';
import type { ModelCheck } from '../../../src/check/model/model-check.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod, PreparedGradient } from '../../../src/gradients/method.ts';
import { methods } from '../../../src/gradients/methods.ts';
import { mlp, sequential } from '../../../src/model/model.ts';
import { matrixOf, zeros } from '../../../src/numeric/matrix.ts';
import { random } from '../../../src/numeric/random.ts';
import { entryName, slotOf } from '../../../src/params/layout.ts';
import { zeroParams } from '../../../src/params/params.ts';
import { randomProblem, smallProblem } from '../../random-problem.ts';

const check = (
  { model, params, batch, dtype }: Problem,
  method: GradientMethod,
  options: ModelCheckOptions = {},
): Promise<ModelCheck> => checkModel(model, params, batch, method, { dtype, ...options });

/** The right method, but for what `spoil` does to its gradient. */
const spoilt = (
  spoil: (into: ArrayLike<number> & { [i: number]: number }) => void,
): GradientMethod =>
  wrapped((run) => (params, batch, into, extra) => {
    const loss = run.valueAndGrad(params, batch, into, extra);
    spoil(into.values);
    return loss;
  });

const wrapped = (
  wrap: (run: PreparedGradient) => PreparedGradient['valueAndGrad'],
): GradientMethod => ({
  name: 'wrapped',
  prepare: async (model, shape, options) => {
    const prepared = await manualFused.prepare(model, shape, options);
    if (prepared.kind === 'unsupported') return prepared;
    return { kind: 'prepared', run: { valueAndGrad: wrap(prepared.run) } };
  },
});

const three: Problem = smallProblem(
  mlp([3, 4, 4, 2], { hidden: 'tanh', output: 'identity', loss: 'mse' }),
  5,
  1,
);

describe('right gradients agree', () => {
  const small = [
    smallProblem(mlp([2, 3, 1]), 3, 2),
    smallProblem(
      mlp([2, 3, 3], { hidden: 'relu', output: 'identity', loss: 'cross_entropy' }),
      1,
      3,
    ),
  ];
  test.each(Object.values(methods))('$name', async (method) => {
    for (const problem of small) {
      const { verdict, worst, error } = await check(problem, method);
      expect({ verdict, worst, error }).toMatchObject({ verdict: 'agrees', error: null });
    }
  });

  test('near a loss of 0, where the shifted losses are far larger', async () => {
    const hidden = { kind: 'leaky_relu', slope: 0.06 } as const;
    const model = mlp([1, 1, 1], { hidden, output: 'identity', loss: 'mse', bias: false });
    const wrong: unknown[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const r = random(seed);
      const values = [0.01, -0.007].map((v) => (seed === 0 ? v : v * r.normal()));
      const params = { layout: model.layout, values: Float64Array.from(values) };
      const inputs = matrixOf([[seed === 0 ? -0.5 : r.normal()]]);
      const problem = { model, params, batch: { inputs, targets: zeros(1, 1) } };
      const found = await check({ ...problem, dtype: 'float64' }, methods['manual-fused'], {
        diagnose: false,
      });
      if (found.verdict === 'disagrees') wrong.push({ seed, worst: found.worst });
    }
    expect(wrong).toEqual([]);
  });

  test.each(['float64', 'float32'] as const)('on random networks in %s', async (dtype) => {
    let resolved = 0;
    const held: unknown[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const problem = randomProblem(seed, dtype, 1);
      for (const name of ['manual-fused', 'tape-fused'] as const) {
        const { verdict, error } = await check(problem, methods[name], { diagnose: false });
        if (verdict === 'agrees') resolved++;
        held.push({ seed, name, verdict, error });
      }
    }
    expect(held.filter((row) => !/agrees|unresolved/.test(JSON.stringify(row)))).toEqual([]);
    // Rounding hides what vanishes through twelve sigmoids.
    expect(resolved / held.length).toBeGreaterThanOrEqual(0.95);
  });

  test('beside `agrees` stands what would have been caught, and it is', async () => {
    const { caught, verdict } = await check(three, manualFused);
    expect(verdict).toBe('agrees');
    const by = 1.001 * caught!.absolute;
    for (let entry = 0; entry < three.model.layout.size; entry++) {
      const method = spoilt((g) => {
        g[entry]! += by;
      });
      const found = await check(three, method, { diagnose: false });
      expect(found).toMatchObject({ verdict: 'disagrees', worst: { index: entry } });
    }
    expect(caught!.relative).toBeLessThan(1e-9);
  });

  test('a network whose loss no parameter moves is flat', async () => {
    const problem = smallProblem(
      mlp([2, 3, 1], { output: 'identity', loss: 'cross_entropy' }),
      3,
      4,
    );
    const found = await check(problem, manualFused);
    expect(found).toMatchObject({ verdict: 'agrees', notes: ['flat'] });
  });

  test('a network without parameters has nothing wrong', async () => {
    const model = sequential(2, [{ kind: 'sigmoid' }], { kind: 'bce', reduction: 'mean' });
    expect(await check(smallProblem(model, 3, 5), manualFused)).toMatchObject({
      worst: null,
      layers: [],
    });
  });
});

describe('one wrong entry of 1e-9 of the largest', () => {
  test('is found and named, in every layer, and the layer with it', async () => {
    for (const slot of three.model.layout.slots) {
      const entry = slot.offset + slot.size - 1;
      let size = 0;
      const method = spoilt((g) => {
        size = Math.max(...Array.from(g, Math.abs));
        g[entry]! += 1e-9 * size;
      });
      const found = await check(three, method, { diagnose: false });
      expect(found).toMatchObject({
        verdict: 'disagrees',
        failed: 'gradients',
        firstWrongLayer: slot.name.split('.')[0],
        worst: { slot: slot.name, entry: entryName(three.model.layout, entry), index: entry },
      });
      expect(found.wrongEntries.map(({ index }) => index)).toEqual([entry]);
      expect(Math.abs(found.worst!.got - found.worst!.expected)).toBeGreaterThan(0.9e-9 * size);
    }
  });
});

test('the first wrong layer is the one nearest the loss', async () => {
  const method = spoilt((g) => {
    for (const name of ['fc1.weight', 'fc2.bias']) g[slotOf(three.model.layout, name).offset]! += 1;
  });
  const found = await check(three, method);
  expect(found.firstWrongLayer).toBe('fc2');
  expect(found.layers.map(({ layer, verdict }) => [layer, verdict])).toEqual([
    ['fc1', 'disagrees'],
    ['fc2', 'disagrees'],
    ['fc3', 'agrees'],
  ]);
});

test('no more wrong entries are listed than asked for, the worst first', async () => {
  const method = spoilt((g) => {
    for (let i = 0; i < g.length; i++) g[i]! += i;
  });
  const { wrongEntries } = await check(three, method, { maxWrong: 3 });
  const last = three.model.layout.size - 1;
  expect(wrongEntries.map(({ index }) => index)).toEqual([last, last - 1, last - 2]);
});

describe('what is no gradient has a verdict of its own', () => {
  test.each<[string, GradientMethod, object]>([
    [
      'NaN',
      spoilt((g) => {
        g[3] = Number.NaN;
      }),
      { verdict: 'not-finite', worst: { index: 3 } },
    ],
    [
      'infinity',
      spoilt((g) => {
        g[3] = Infinity;
      }),
      { verdict: 'not-finite', worst: { index: 3 } },
    ],
    [
      'a method that throws',
      wrapped(() => () => {
        throw new RangeError('no such layer');
      }),
      { verdict: 'threw', error: 'no such layer', worst: null },
    ],
    [
      'a method that changes the params',
      wrapped((run) => (params, batch, into, extra) => {
        const loss = run.valueAndGrad(params, batch, into, extra);
        params.values[0] = 7;
        return loss;
      }),
      { verdict: 'mutates-input', error: 'params changed during the call' },
    ],
    [
      'a method that changes the batch',
      wrapped((run) => (params, batch, into, extra) => {
        const loss = run.valueAndGrad(params, batch, into, extra);
        batch.inputs.data[0] = 7;
        return loss;
      }),
      { verdict: 'mutates-input', error: 'batch inputs changed during the call' },
    ],
    [
      'a method that adds',
      wrapped((run) => (params, batch, into, extra) => {
        const own = zeroParams(into.layout);
        const loss = run.valueAndGrad(params, batch, own, extra);
        for (let i = 0; i < own.values.length; i++) into.values[i]! += own.values[i]!;
        return loss;
      }),
      { verdict: 'not-deterministic', notes: ['accumulates'], diagnosis: { kind: 'accumulates' } },
    ],
    [
      'a wrong loss',
      wrapped(
        (run) =>
          (...call) =>
            1.001 * run.valueAndGrad(...call),
      ),
      { verdict: 'disagrees', failed: 'loss' },
    ],
    [
      'a wrong output',
      wrapped((run) => (params, batch, into, extra) => {
        const loss = run.valueAndGrad(params, batch, into, extra);
        extra!.outputs!.data[1]! += 1e-9;
        return loss;
      }),
      { verdict: 'disagrees', failed: 'outputs' },
    ],
    [
      'a promise for a loss',
      wrapped(() => () => Promise.resolve(1) as unknown as number),
      {
        verdict: 'wrong-type',
        error: 'valueAndGrad returned a promise, expected the loss, a number',
      },
    ],
    [
      'a method that supports nothing',
      { name: 'none', prepare: async () => ({ kind: 'unsupported', why: 'too deep' }) },
      { verdict: 'unsupported', error: 'too deep' },
    ],
  ])('%s', async (_what, method, expected) => {
    expect(await check(three, method)).toMatchObject(expected);
  });

  test('params of another network throw', async () => {
    const params = zeroParams(mlp([2, 2]).layout);
    await expect(checkModel(three.model, params, three.batch, manualFused)).rejects.toThrow(
      RangeError,
    );
  });

  test('a loss that is NaN is said as such', async () => {
    const model = mlp([2, 1], { output: 'identity', loss: 'bce' });
    const problem = smallProblem(model, 2, 6);
    problem.params.values.fill(3);
    problem.batch.inputs.data.fill(1);
    const { verdict, error } = await check(problem, manualFused);
    expect([verdict, error]).toEqual(['unresolved', 'the loss itself is NaN here']);
  });
});

describe('kinks', () => {
  const kinked = (hidden: 'relu' | 'leaky_relu'): Problem => {
    const problem = smallProblem(mlp([2, 3, 2], { hidden, output: 'identity', loss: 'mse' }), 2, 7);
    // Unit 1 has z = 0.1 + 0.6 − 0.7 in the first sample: 0, or 2.8e-17 in another order.
    problem.params.values.set([0.1, 0.6], slotOf(problem.model.layout, 'fc1.weight').offset + 2);
    problem.params.values[slotOf(problem.model.layout, 'fc1.bias').offset + 1] = -0.7;
    problem.batch.inputs.data.fill(1, 0, 2);
    return problem;
  };
  test.each(['relu', 'leaky_relu'] as const)(
    '%s: either branch is right, a mixture is wrong',
    async (hidden) => {
      const problem = kinked(hidden);
      const other = {
        ...problem,
        params: { ...problem.params, values: problem.params.values.slice() },
      };
      const prepared = await manualFused.prepare(problem.model, { rows: 2 });
      if (prepared.kind === 'unsupported') throw new Error(prepared.why);
      const at = (bias: number): Float64Array => {
        other.params.values[slotOf(problem.model.layout, 'fc1.bias').offset + 1] = bias;
        const into = zeroParams(problem.model.layout);
        prepared.run.valueAndGrad(other.params, problem.batch, into);
        return into.values as Float64Array;
      };
      const [below, above] = [at(-0.7 - 1e-15), at(-0.7 + 1e-15)];
      expect(below).not.toEqual(above);
      const answering = (g: Float64Array): GradientMethod =>
        spoilt((into) => (into as Float64Array).set(g));
      const verdictAt = async (g: Float64Array) =>
        (await check(problem, answering(g), { diagnose: false })).verdict;
      expect(await verdictAt(below)).toBe('agrees');
      expect(await verdictAt(above)).toBe('agrees');
      expect(await verdictAt(below.map((v, i) => v + 2 * (above[i]! - v)))).toBe('disagrees');
      const entries = [...below.keys()].filter((i) => Math.abs(below[i]! - above[i]!) > 1e-6);
      expect(entries.length).toBeGreaterThan(1);
      const mixed = below.slice();
      mixed[entries[0]!] = above[entries[0]!]!;
      expect(await verdictAt(mixed)).toBe('disagrees');
    },
  );

  test('with every unit on its kink, what stands above is still judged', async () => {
    const problem = smallProblem(
      mlp([2, 9, 2], { hidden: 'relu', output: 'identity', loss: 'mse' }),
      3,
      8,
    );
    problem.params.values.fill(0, 0, slotOf(problem.model.layout, 'fc2.weight').offset);
    expect((await check(problem, manualFused)).verdict).toBe('agrees');
    const at = (name: string) =>
      spoilt((g) => {
        g[slotOf(problem.model.layout, name).offset]! += 1;
      });
    expect((await check(problem, at('fc2.bias'))).verdict).toBe('disagrees');
    expect(await check(problem, at('fc1.bias'))).toMatchObject({
      verdict: 'unresolved',
      notes: ['kink'],
    });
  });

  test('a unit 1e-9 from its kink needs no smaller step', async () => {
    const problem = kinked('relu');
    problem.params.values[slotOf(problem.model.layout, 'fc1.bias').offset + 1] = -0.7 + 1e-9;
    const { verdict, caught } = await check(problem, manualFused);
    expect(verdict).toBe('agrees');
    expect(caught!.relative).toBeLessThan(1e-9);
  });
});

describe('saturation', () => {
  test.each([10, 40, 90, 200])('bce of a sigmoid at z around ±%d', async (scale) => {
    const problem = smallProblem(mlp([2, 3]), 4, 9);
    for (let i = 0; i < problem.params.values.length; i++) problem.params.values[i]! *= scale;
    for (const name of ['manual-fused', 'tape-fused'] as const) {
      expect((await check(problem, methods[name])).verdict).toBe('agrees');
    }
  });

  test('a dead layer', async () => {
    const problem = smallProblem(
      mlp([2, 3, 2], { hidden: 'relu', output: 'identity', loss: 'mse' }),
      4,
      10,
    );
    problem.params.values.fill(-50, slotOf(problem.model.layout, 'fc1.bias').offset, 9);
    expect((await check(problem, manualFused)).verdict).toBe('agrees');
    const wrong = spoilt((g) => {
      g[0] = 1e-6;
    });
    expect((await check(problem, wrong)).verdict).toBe('disagrees');
  });

  test('outputs left unwritten are not held', async () => {
    const silent = wrapped((run) => (params, batch, into) => run.valueAndGrad(params, batch, into));
    expect((await check(three, silent)).verdict).toBe('agrees');
  });
});
