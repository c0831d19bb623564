import type { Problem } from '../src/check/judge.ts';
import { targetColumns } from '../src/model/batch.ts';
import type { LossKind, LossSpec } from '../src/model/loss.ts';
import { type Activation, type Model, mlp } from '../src/model/model.ts';
import type { Dtype } from '../src/numeric/dtype.ts';
import { type Random, random } from '../src/numeric/random.ts';
import type { Slot } from '../src/params/layout.ts';
import { zeroParams } from '../src/params/params.ts';
import { fc } from './property.ts';
import { filled } from './random-matrix.ts';

/** Every layer without parameters. */
export const ACTIVATIONS: readonly Activation[] = [
  'sigmoid',
  'tanh',
  'relu',
  'identity',
  { kind: 'leaky_relu', slope: 0.1 },
  { kind: 'elu', alpha: 0.7 },
];
const LOSSES: readonly LossKind[] = ['bce', 'bce_with_logits', 'cross_entropy', 'mse'];

/** A network of any layers, loss and sizes down to 1, with weights of size `scale`/√in. */
export function randomProblem(seed: number, dtype: Dtype = 'float64', scale?: number): Problem {
  const r = random(seed);
  const pick = <T>(items: readonly T[]): T => items[r.integer(items.length)]!;
  const depth = 1 + r.integer(pick([3, 3, 3, 12]));
  const sizes = Array.from({ length: depth + 1 }, () => 1 + r.integer(7));
  const loss = pick(LOSSES);
  const model = mlp(sizes, {
    hidden: pick(ACTIVATIONS),
    output: loss === 'bce' ? 'sigmoid' : 'identity',
    bias: r.uniform() < 0.8,
    loss: { kind: loss, reduction: r.uniform() < 0.7 ? 'mean' : 'sum' },
  });
  const size = scale ?? pick([0.5, 1, 1, 2, 4]);
  return problemOf(model, pick([1, 2, 7, 33]), r, dtype, () => size * r.normal());
}

/** Random batch, its targets mostly 0 or 1; weights `weight()`/√in, biases a tenth of it. */
export const problemOf = (
  model: Model,
  rows: number,
  r: Random,
  dtype: Dtype,
  weight: () => number,
): Problem =>
  draw(model, rows, r, dtype, {
    parameter: ({ shape }) => weight() * (shape.length === 2 ? 1 / Math.sqrt(shape[1]!) : 0.1),
    target: () => {
      switch (model.loss.kind) {
        case 'mse':
          return r.normal();
        case 'cross_entropy':
          return r.integer(model.outputs);
        case 'bce':
        case 'bce_with_logits':
          return r.uniform() < 0.2 ? r.uniform() : r.integer(2);
      }
    },
  });

/** Small networks over every layer and loss, non-square, with sizes and batches down to 1. */
export const smallProblems: fc.Arbitrary<Problem> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
    hidden: fc.constantFrom(...ACTIVATIONS),
    output: fc.constantFrom(...ACTIVATIONS),
    loss: fc.constantFrom(...LOSSES),
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
    return smallProblem(model, rows, seed);
  });

/** Standard normal parameters and inputs, and targets of the model's kind, all full-mantissa. */
export function smallProblem(model: Model, rows: number, seed: number): Problem {
  const r = random(seed);
  return draw(model, rows, r, 'float64', {
    parameter: r.normal,
    target: () => (model.loss.kind === 'cross_entropy' ? r.integer(model.outputs) : r.uniform()),
  });
}

function draw(
  model: Model,
  rows: number,
  r: Random,
  dtype: Dtype,
  next: { parameter: (slot: Slot) => number; target: () => number },
): Problem {
  const params = zeroParams(model.layout, dtype);
  for (const slot of model.layout.slots) {
    for (let i = 0; i < slot.size; i++) params.values[slot.offset + i] = next.parameter(slot);
  }
  const inputs = filled([rows, model.inputs], r.normal, dtype);
  const targets = filled([rows, targetColumns(model)], next.target, dtype);
  return { model, params, batch: { inputs, targets }, dtype };
}
