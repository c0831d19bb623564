import { describe, expect } from 'vitest';
import type { Baseline } from '../../bench/baselines/baseline.ts';
import { mathjsNetwork } from '../../bench/baselines/mathjs-network.ts';
import { textbookNetwork } from '../../bench/baselines/textbook-network.ts';
import type { Batch } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { type Model, mlp } from '../../src/model/model.ts';
import { double } from '../../src/numeric/double.ts';
import { UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { fc, test } from '../property.ts';

const networks = [
  ['textbook', async (m: Model, b: Batch): Promise<Baseline> => textbookNetwork(m, b)],
  ['mathjs', mathjsNetwork],
] as const;

/** Sizes of 1, non-square shapes, every activation and loss that a course knows. */
const model = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
    hidden: fc.constantFrom('sigmoid', 'tanh', 'relu'),
    head: fc.constantFrom(
      { output: 'sigmoid', loss: 'bce' },
      { output: 'identity', loss: 'cross_entropy' },
      { output: 'identity', loss: 'mse' },
    ),
    reduction: fc.constantFrom('mean', 'sum'),
    bias: fc.boolean(),
  })
  .map(({ sizes, hidden, head, reduction, bias }) =>
    mlp(sizes, { hidden, output: head.output, loss: { kind: head.loss, reduction }, bias }),
  );

const cases = fc.record({
  model,
  rows: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer(),
});

function sample(model: Model, rows: number, seed: number): { params: Params; batch: Batch } {
  const generator = random(seed);
  // Small enough that no probability saturates: there 1 − p has few digits, and no formula more.
  const between = (): number => 2 * generator.uniform() - 1;
  const params = zeroParams(model.layout);
  for (let i = 0; i < params.values.length; i++) params.values[i] = between();
  const isClasses = model.loss.kind === 'cross_entropy';
  const batch = {
    inputs: zeros(rows, model.inputs),
    targets: zeros(rows, isClasses ? 1 : model.outputs),
  };
  const { inputs, targets } = batch;
  for (let i = 0; i < inputs.data.length; i++) inputs.data[i] = between();
  for (let i = 0; i < targets.data.length; i++) {
    targets.data[i] = isClasses ? generator.integer(model.outputs) : generator.uniform();
  }
  return { params, batch };
}

const lossAt = (model: Model, params: Params, batch: Batch): number =>
  evaluate(double, model, Array.from(params.values), batch).loss;

describe.each(networks)('the %s network', (_name, build) => {
  test.prop([cases], { numRuns: 60 })(
    'has the loss of the definition',
    async ({ model, rows, seed }) => {
      const { params, batch } = sample(model, rows, seed);
      const network = await build(model, batch);
      network.load(params);
      const loss = lossAt(model, params, batch);
      // Some tens of roundings, each of terms that one sample's loss bounds.
      const scale = Math.max(1, Math.abs(loss));
      expect(Math.abs(network.valueAndGrad(zeroParams(model.layout)) - loss)).toBeLessThan(
        400 * UNIT_ROUNDOFF.float64 * scale,
      );
    },
  );

  test.prop([cases], { numRuns: 40 })(
    'has the gradient that differences of the definition show',
    async ({ model, rows, seed }) => {
      const { params, batch } = sample(model, rows, seed);
      const network = await build(model, batch);
      network.load(params);
      const grads = zeroParams(model.layout);
      network.valueAndGrad(grads);
      // Cube root of the unit roundoff: the step at which a central difference is most exact.
      const step = Math.cbrt(UNIT_ROUNDOFF.float64);
      params.values.forEach((value, i) => {
        const at = (v: number): number => {
          const moved = copyParams(params);
          moved.values[i] = v;
          return lossAt(model, moved, batch);
        };
        const [left, middle, right] = [at(value - step), at(value), at(value + step)];
        // Both one-sided slopes: a kink within the step spoils one of them only.
        const slopes = [(middle - left) / step, (right - middle) / step];
        const noise = 1e-6 * Math.max(1, middle);
        expect(grads.values[i]!).toBeGreaterThan(Math.min(...slopes) - noise);
        expect(grads.values[i]!).toBeLessThan(Math.max(...slopes) + noise);
      });
    },
  );

  test.prop([cases], { numRuns: 20 })(
    'steps against its gradient',
    async ({ model, rows, seed }) => {
      const { params, batch } = sample(model, rows, seed);
      const network = await build(model, batch);
      network.load(params);
      const grads = zeroParams(model.layout);
      const before = network.valueAndGrad(grads);
      expect(network.step(0.25)).toBe(before);
      const after = copyParams(params);
      for (let i = 0; i < after.values.length; i++) after.values[i]! -= grads.values[i]! * 0.25;
      const stepped = network.valueAndGrad(grads);
      network.load(after);
      expect(network.valueAndGrad(grads)).toBe(stepped);
      network.load(params);
      expect(network.valueAndGrad(grads)).toBe(before);
    },
  );

  test('names what a course does not know', async () => {
    const elu = mlp([2, 3, 1], { hidden: 'elu' });
    await expect(async () => build(elu, sample(elu, 1, 0).batch)).rejects.toThrow(
      'got layer elu, expected linear, sigmoid, tanh, relu',
    );
    const logits = mlp([2, 1], { output: 'identity', loss: 'bce_with_logits' });
    await expect(async () => build(logits, sample(logits, 1, 0).batch)).rejects.toThrow(
      'got loss bce_with_logits, expected bce, cross_entropy, mse',
    );
  });
});

test.prop([cases], { numRuns: 30 })(
  'textbook and mathjs networks agree over three steps',
  async ({ model, rows, seed }) => {
    const { params, batch } = sample(model, rows, seed);
    const pair = [textbookNetwork(model, batch), await mathjsNetwork(model, batch)] as const;
    for (const network of pair) network.load(params);
    for (let i = 0; i < 3; i++) {
      const [a, b] = pair.map((network) => network.step(0.05)) as [number, number];
      expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(b)));
    }
  },
);
