import { describe, expect, test } from 'vitest';
import { measureAgreement } from '../../src/check/agreement.ts';
import type { Comparison } from '../../src/check/compare.ts';
import { finiteDifference } from '../../src/gradients/finite-difference.ts';
import type { GradientMethod, MethodName, PreparedGradient } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { mlp, sequential } from '../../src/model/model.ts';
import { random } from '../../src/numeric/random.ts';
import { problemOf } from '../random-problem.ts';
import { BACKWARDS, FORWARDS, plainAnswer, type Way } from './plain-network.ts';

const r = random(8);
const small = problemOf(mlp([3, 4, 2]), 6, r, 'float64', () => r.normal());
const { model, params, batch } = small;

const method = (
  name: MethodName,
  valueAndGrad: PreparedGradient['valueAndGrad'],
): GradientMethod => ({
  name,
  prepare: async () => ({ kind: 'prepared', run: { valueAndGrad } }),
});

const plain = (name: MethodName, way: Way): GradientMethod =>
  method(name, (p, b, into, extra) => {
    const answer = plainAnswer({ model, params: p, batch: b, dtype: 'float64' }, way);
    into.values.set(answer.grads.values);
    extra?.outputs?.data.set(answer.outputs.data);
    extra?.inputs?.data.set(answer.inputs!.data);
    return answer.loss;
  });

const right = plain('manual-textbook', FORWARDS);
const alsoRight = plain('manual-fused', BACKWARDS);
const wrapped = (change: (...call: Parameters<PreparedGradient['valueAndGrad']>) => void) =>
  method('tape-fused', (...call) => {
    call[3]?.outputs?.data.fill(0);
    change(...call);
    const { loss } = plainAnswer({ model, params, batch, dtype: 'float64' }, FORWARDS);
    return loss;
  });

const measure = (...methods: GradientMethod[]) => measureAgreement(model, params, batch, methods);

describe('measureAgreement', () => {
  test('right methods give a row each and agree pair by pair', async () => {
    const { rows, cells } = await measure(right, alsoRight, finiteDifference);
    expect(rows.map((row) => [row.method, row.kind])).toEqual([
      ['manual-textbook', 'answered'],
      ['manual-fused', 'answered'],
      ['finite-difference', 'answered'],
    ]);
    expect(cells.map(({ a, b, comparison }) => [a, b, comparison.verdict])).toEqual([
      ['manual-textbook', 'manual-fused', 'agrees'],
      ['manual-textbook', 'finite-difference', 'agrees'],
      ['manual-fused', 'finite-difference', 'agrees'],
    ]);
    expect(cells[0]!.comparison.parts.inputs).not.toBeNull();
  });

  test('a network without parameters is compared by its loss, outputs and inputs', async () => {
    const tanh = sequential(3, [{ kind: 'tanh' }], { kind: 'mse', reduction: 'mean' });
    const problem = problemOf(tanh, 4, random(1), 'float64', () => 0);
    const among = [methods['manual-fused'], methods['tape-fused'], methods['complex-step']];
    const { cells } = await measureAgreement(tanh, problem.params, problem.batch, among);
    expect(cells.map(({ comparison }) => comparison.verdict)).toEqual(Array(3).fill('agrees'));
    const [{ worst, parts }] = cells.map(({ comparison }) => comparison) as [Comparison];
    expect([worst.entry, parts.gradients]).toEqual(['loss', null]);
    expect(parts.inputs).not.toBeNull();
  });

  test('finite differences judge input gradients by error bars, with parameters or without', async () => {
    const tanh = sequential(3, [{ kind: 'tanh' }], { kind: 'mse', reduction: 'mean' });
    for (const given of [problemOf(tanh, 4, random(1), 'float64', () => 0), small]) {
      const off = (factor: number): GradientMethod => ({
        ...methods['manual-fused'],
        prepare: async (...call) => {
          const prepared = await methods['manual-fused'].prepare(...call);
          if (prepared.kind === 'unsupported') return prepared;
          const { valueAndGrad } = prepared.run;
          const run: PreparedGradient = {
            valueAndGrad: (p, b, into, extra) => {
              const loss = valueAndGrad(p, b, into, extra);
              const inputs = extra?.inputs?.data;
              inputs?.forEach((v, i) => {
                inputs[i] = factor * v;
              });
              return loss;
            },
          };
          return { kind: 'prepared', run };
        },
      });
      const found = async (factor: number): Promise<Comparison> => {
        const among = [off(factor), finiteDifference];
        const { cells } = await measureAgreement(given.model, given.params, given.batch, among);
        return cells[0]!.comparison;
      };
      const right = await found(1);
      expect(right.verdict).toBe('agrees');
      // Not that of rounding alone.
      expect(right.parts.inputs!.tolerance).toBeGreaterThan(1e-14);
      expect(await found(1.0001)).toMatchObject({ verdict: 'disagrees', failed: 'inputs' });
    }
  });

  test('finite differences find a factor 1.001', async () => {
    const wrong = method('tape-fused', (p, b, into, extra) => {
      const answer = plainAnswer({ model, params: p, batch: b, dtype: 'float64' }, FORWARDS);
      into.values.set(answer.grads.values.map((v) => 1.001 * v));
      extra?.outputs?.data.set(answer.outputs.data);
      return answer.loss;
    });
    const { cells } = await measure(wrong, finiteDifference);
    expect(cells[0]!.comparison).toMatchObject({ verdict: 'disagrees', failed: 'gradients' });
  });

  test('a method that throws is a row that says so, and hides no other', async () => {
    const { rows, cells } = await measure(
      wrapped(() => {
        throw new Error('no such layer');
      }),
      right,
      alsoRight,
    );
    expect(rows[0]).toMatchObject({ kind: 'refused', verdict: 'threw', why: 'no such layer' });
    expect(cells.map((cell) => cell.comparison.verdict)).toEqual(['agrees']);
  });

  test('an unsupported method is a row with its reason', async () => {
    const unsupported: GradientMethod = {
      name: 'symbolic',
      prepare: async () => ({ kind: 'unsupported', why: 'too wide' }),
    };
    const { rows } = await measure(unsupported);
    expect(rows[0]).toMatchObject({ kind: 'refused', verdict: 'unsupported', why: 'too wide' });
  });

  test('a method without input gradients is compared without them', async () => {
    const paramsOnly: GradientMethod = {
      name: 'exact',
      prepare: async (m, shape, options) =>
        options?.wrt === 'params+inputs'
          ? { kind: 'unsupported', why: 'parameters only' }
          : alsoRight.prepare(m, shape, options),
    };
    const { cells } = await measure(right, paramsOnly);
    expect(cells[0]!.comparison).toMatchObject({ verdict: 'agrees', parts: { inputs: null } });
  });

  test('a method that adds instead of writing is found on the second call', async () => {
    const adding = method('tape-fused', (p, b, into, extra) => {
      const answer = plainAnswer({ model, params: p, batch: b, dtype: 'float64' }, FORWARDS);
      answer.grads.values.forEach((v, i) => {
        into.values[i]! += v;
      });
      extra?.outputs?.data.set(answer.outputs.data);
      return answer.loss;
    });
    const { rows } = await measure(adding);
    expect(rows[0]).toMatchObject({ verdict: 'not-deterministic', notes: ['accumulates'] });
  });

  test('a method that answers otherwise the second time is not deterministic', async () => {
    let calls = 0;
    const { rows } = await measure(
      wrapped((_p, _b, into) => void into.values.fill((++calls) ** 2)),
    );
    expect(rows[0]).toMatchObject({ verdict: 'not-deterministic', notes: [] });
  });

  test.each<[string, Parameters<typeof wrapped>[0]]>([
    ['params', (p) => void p.values.fill(0)],
    ['batch inputs', (_p, b) => void b.inputs.data.fill(0)],
    ['batch targets', (_p, b) => void b.targets.data.fill(0)],
  ])('a method that changes the %s is named, and the originals stay', async (what, change) => {
    const before = [params.values, batch.inputs.data, batch.targets.data].map((d) => d.slice());
    const { rows } = await measure(wrapped(change));
    expect(rows[0]).toMatchObject({
      verdict: 'mutates-input',
      why: `${what} changed during the call`,
    });
    expect([params.values, batch.inputs.data, batch.targets.data]).toEqual(before);
  });

  test('NaN is not finite, whoever it is compared with', async () => {
    const nan = method('tape-fused', (p, b, into, extra) => {
      const answer = plainAnswer({ model, params: p, batch: b, dtype: 'float64' }, FORWARDS);
      into.values.fill(Number.NaN);
      extra?.outputs?.data.set(answer.outputs.data);
      return answer.loss;
    });
    const { cells } = await measure(nan, right, finiteDifference);
    expect(cells.map((cell) => cell.comparison.verdict)).toEqual([
      'not-finite',
      'not-finite',
      'agrees',
    ]);
  });
});
