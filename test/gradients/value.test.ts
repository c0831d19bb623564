import { describe, expect } from 'vitest';
import type { Problem } from '../../src/check/judge.ts';
import { fused as manualRules } from '../../src/gradients/manual/fused.ts';
import { manualMethod } from '../../src/gradients/manual/method.ts';
import { textbook as manualTextbookRules } from '../../src/gradients/manual/textbook.ts';
import type { GradientMethod, PreparedGradient } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { fused, textbook } from '../../src/gradients/tape/compositions.ts';
import { eager, replayed } from '../../src/gradients/tape/method.ts';
import { mlp } from '../../src/model/model.ts';
import type { Dtype } from '../../src/numeric/dtype.ts';
import { fast } from '../../src/numeric/kernels/fast.ts';
import type { Kernels } from '../../src/numeric/kernels/kernels.ts';
import { wrapKernels } from '../../src/numeric/kernels/wrap.ts';
import { copyMatrix, type Matrix, zeros } from '../../src/numeric/matrix.ts';
import { copyParams, zeroParams } from '../../src/params/params.ts';
import { fc, test } from '../property.ts';
import { randomProblem, smallProblem } from '../random-problem.ts';
import { prepare } from './oracle-contract.ts';

/** The engines that have a forward pass of their own, on kernels of the test's. */
const ENGINES: { readonly [name: string]: (kernels: Kernels) => GradientMethod } = {
  'manual-fused': (kernels) => manualMethod('manual-fused', manualRules, kernels),
  'manual-textbook': (kernels) => manualMethod('manual-textbook', manualTextbookRules, kernels),
  'tape-fused': (kernels) => eager('tape-fused', fused, kernels),
  'tape-textbook': (kernels) => eager('tape-textbook', textbook, kernels),
  'replay-fused': (kernels) => replayed('replay-fused', fused, kernels),
  'replay-textbook': (kernels) => replayed('replay-textbook', textbook, kernels),
};
const names = Object.keys(ENGINES);

type WithValue = Required<PreparedGradient>;

async function engine(name: string, problem: Problem, kernels = fast): Promise<WithValue> {
  const { dtype } = problem;
  const run = await prepare(ENGINES[name]!(kernels), problem, { dtype, wrt: 'params+inputs' });
  if (!run.value) throw new Error(`${name} has no value`);
  return { value: run.value, valueAndGrad: run.valueAndGrad };
}

/** Every bit of what a call gives, −0 and NaN told apart. */
function ofValue(run: WithValue, { model, params, batch, dtype }: Problem): unknown {
  const outputs = zeros(batch.inputs.rows, model.outputs, dtype);
  outputs.data.fill(99);
  return { loss: run.value(params, batch, { outputs }), outputs };
}

function ofGradient(run: WithValue, { model, params, batch, dtype }: Problem) {
  const grads = zeroParams(model.layout, dtype);
  const outputs = zeros(batch.inputs.rows, model.outputs, dtype);
  const inputs = zeros(batch.inputs.rows, model.inputs, dtype);
  const loss = run.valueAndGrad(params, batch, grads, { outputs, inputs });
  return { value: { loss, outputs }, gradient: { grads, inputs } };
}

test('the methods that have a value are those with a forward pass of their own', async () => {
  const problem = smallProblem(mlp([1, 1]), 1, 0);
  const found = await Promise.all(
    Object.values(methods).map(async (method) => ({
      name: method.name,
      has: 'value' in (await prepare(method, problem)),
    })),
  );
  expect(found.filter(({ has }) => has).map(({ name }) => name)).toEqual(names);
});

describe.each(names)('%s: value', (name) => {
  test.prop([fc.integer(), fc.constantFrom<Dtype>('float64', 'float32')], { numRuns: 40 })(
    'is the loss and the outputs of valueAndGrad bit for bit, before a gradient and after one',
    async (seed, dtype) => {
      const problem = randomProblem(seed, dtype);
      const before = ofValue(await engine(name, problem), problem); // of a run without a gradient yet
      const run = await engine(name, problem);
      const first = ofGradient(run, problem);
      expect(before).toStrictEqual(first.value);
      expect(ofValue(run, problem)).toStrictEqual(first.value);
      expect(ofGradient(run, problem)).toStrictEqual(first); // the value left nothing behind
    },
  );

  test.prop([fc.integer()], { numRuns: 10 })(
    'of other params is theirs, and the next gradient too: nothing is remembered',
    async (seed) => {
      const problem = randomProblem(seed);
      const moved = { ...problem, params: copyParams(problem.params) };
      for (let i = 0; i < moved.params.values.length; i++) moved.params.values[i]! += 0.25;
      const run = await engine(name, problem);
      const expected = ofGradient(run, moved);
      ofGradient(run, problem);
      expect(ofValue(run, moved)).toStrictEqual(expected.value);
      ofValue(run, problem);
      expect(ofGradient(run, moved)).toStrictEqual(expected);
    },
  );

  test('runs the kernels of the forward pass, and none of the backward one', async () => {
    const problem = randomProblem(11);
    let calls = 0;
    const counting = wrapKernels(fast, (call) => {
      calls++;
      call();
    });
    const run = await engine(name, problem, counting);
    const count = (call: () => void): number => {
      calls = 0;
      call();
      return calls;
    };
    const both = count(() => ofGradient(run, problem));
    const one = count(() => ofValue(run, problem));
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(both * 0.6); // backwards there are two products for one forwards
  });

  test('again and again uses the same memory', async () => {
    const problem = randomProblem(11);
    const seen = new Set<unknown>();
    const watched = Object.entries(fast).map(([kernel, compute]) => [
      kernel,
      (...args: (Matrix | number)[]) => {
        for (const arg of args) if (typeof arg === 'object') seen.add(arg.data);
        return (compute as (...given: typeof args) => unknown)(...args); // whatever it takes
      },
    ]);
    const run = await engine(name, problem, Object.fromEntries(watched) as Kernels);
    run.value(problem.params, problem.batch);
    const once = seen.size;
    expect(once).toBeGreaterThan(0);
    for (let i = 0; i < 5; i++) run.value(problem.params, problem.batch);
    expect(seen.size).toBe(once);
  });

  test('changes neither params nor batch, and needs no outputs', async () => {
    const problem = randomProblem(11);
    const { params, batch } = problem;
    const before = [copyParams(params), copyMatrix(batch.inputs), copyMatrix(batch.targets)];
    const run = await engine(name, problem);
    expect(run.value(params, batch)).toBe(ofGradient(run, problem).value.loss);
    expect([params, batch.inputs, batch.targets]).toStrictEqual(before);
  });

  test('what does not fit is refused as valueAndGrad refuses it; an input gradient always', async () => {
    const problem = randomProblem(11);
    const { model, params, batch } = problem;
    const run = await engine(name, problem);
    const { rows } = batch.inputs;
    const wide = zeros(rows, model.inputs + 1);
    expect(() => run.value(params, { ...batch, inputs: wide })).toThrow(/^batch inputs: got shape/);
    expect(() => run.value(params, batch, { outputs: zeros(rows + 1, model.outputs) })).toThrow(
      /^outputs to fill: got shape/,
    );
    expect(() => run.value({ ...params, values: new Float64Array(0) }, batch)).toThrow(/^params: /);
    const inputs = zeros(rows, model.inputs);
    const extra = { inputs }; // another's type may have more fields
    expect(() => run.value(params, batch, extra as object)).toThrow(
      'input gradient: a value alone has none; call valueAndGrad',
    );
    expect(inputs).toStrictEqual(zeros(rows, model.inputs));
  });
});
