import { fc } from '@fast-check/vitest';
import type { Batch } from '../../src/model/batch.ts';
import { targetColumns } from '../../src/model/batch.ts';
import type { LossSpec } from '../../src/model/loss.ts';
import { type Activation, type Model, mlp } from '../../src/model/model.ts';
import type { FloatArray } from '../../src/numeric/dtype.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { type Params, zeroParams } from '../../src/params/params.ts';

/** A network with a point to differentiate it at. */
export interface Scenario {
  readonly model: Model;
  readonly params: Params;
  readonly batch: Batch;
}

export const ACTIVATIONS: readonly Activation[] = [
  'sigmoid',
  'tanh',
  'relu',
  { kind: 'leaky_relu', slope: 0.1 },
  { kind: 'elu', alpha: 0.7 },
  'identity',
];

const losses = ['bce', 'bce_with_logits', 'cross_entropy', 'mse'] as const;

/** Small networks over every layer and loss, non-square, with sizes and batches down to 1. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
    hidden: fc.constantFrom(...ACTIVATIONS),
    output: fc.constantFrom(...ACTIVATIONS),
    loss: fc.constantFrom(...losses),
    reduction: fc.constantFrom<LossSpec['reduction']>('mean', 'sum'),
    bias: fc.boolean(),
    rows: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer(),
  })
  .map(({ sizes, hidden, output, loss, reduction, bias, rows, seed }) => {
    const model = mlp(sizes, {
      hidden,
      // bce reads its inputs as probabilities.
      output: loss === 'bce' ? 'sigmoid' : output,
      loss: { kind: loss, reduction },
      bias,
    });
    return scenario(model, rows, seed);
  });

/** Standard normal parameters and inputs, and targets of the model's kind, all full-mantissa. */
export function scenario(model: Model, rows: number, seed: number): Scenario {
  const source = random(seed);
  const fill = (values: FloatArray, next: () => number): void => {
    for (let i = 0; i < values.length; i++) values[i] = next();
  };
  const params = zeroParams(model.layout);
  const inputs = zeros(rows, model.inputs);
  const targets = zeros(rows, targetColumns(model));
  fill(params.values, source.normal);
  fill(inputs.data, source.normal);
  fill(targets.data, () =>
    model.loss.kind === 'cross_entropy' ? source.integer(model.outputs) : source.uniform(),
  );
  return { model, params, batch: { inputs, targets } };
}
