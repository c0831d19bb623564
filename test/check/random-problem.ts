import type { Problem } from '../../src/check/judge.ts';
import { targetColumns } from '../../src/model/batch.ts';
import type { LossKind } from '../../src/model/loss.ts';
import { type Activation, type Model, mlp } from '../../src/model/model.ts';
import type { Dtype } from '../../src/numeric/dtype.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { type Random, random } from '../../src/numeric/random.ts';
import { zeroParams } from '../../src/params/params.ts';

export const HIDDEN: readonly Activation[] = [
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
    hidden: pick(HIDDEN),
    output: loss === 'bce' ? 'sigmoid' : 'identity',
    bias: r.uniform() < 0.8,
    loss: { kind: loss, reduction: r.uniform() < 0.7 ? 'mean' : 'sum' },
  });
  const size = scale ?? pick([0.5, 1, 1, 2, 4]);
  return problemOf(model, pick([1, 2, 7, 33]), r, dtype, () => size * r.normal());
}

/** Random batch; weights `weight()`/√in, biases a tenth of it. */
export function problemOf(
  model: Model,
  rows: number,
  r: Random,
  dtype: Dtype,
  weight: () => number,
): Problem {
  const params = zeroParams(model.layout, dtype);
  for (const { shape, offset, size } of model.layout.slots) {
    const shrink = shape.length === 2 ? 1 / Math.sqrt(shape[1]!) : 0.1;
    for (let i = 0; i < size; i++) params.values[offset + i] = weight() * shrink;
  }
  const inputs = zeros(rows, model.inputs, dtype);
  const targets = zeros(rows, targetColumns(model), dtype);
  for (let i = 0; i < inputs.data.length; i++) inputs.data[i] = r.normal();
  for (let i = 0; i < targets.data.length; i++) {
    targets.data[i] = targetValue(model, r);
  }
  return { model, params, batch: { inputs, targets }, dtype };
}

function targetValue(model: Model, r: Random): number {
  switch (model.loss.kind) {
    case 'mse':
      return r.normal();
    case 'cross_entropy':
      return r.integer(model.outputs);
    case 'bce':
    case 'bce_with_logits':
      return r.uniform() < 0.2 ? r.uniform() : r.integer(2);
  }
}
