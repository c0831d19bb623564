import { describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../src/model/layer.ts';
import { layers } from '../../src/model/layers.ts';
import type { LossSpec } from '../../src/model/loss.ts';
import { mlp, sequential } from '../../src/model/model.ts';
import { layoutOf } from '../../src/params/layout.ts';
import { slotValues, zeroParams } from '../../src/params/params.ts';

const mse: LossSpec = { kind: 'mse', reduction: 'mean' };
const linear = (name: string, fanIn: number, out: number): LayerSpec => ({
  kind: 'linear',
  name,
  in: fanIn,
  out,
  bias: true,
});

const activations = Object.keys(layers).filter((kind) => kind !== 'linear');

/** What a caller without types, or a file, may bring. */
const unchecked = <T>(value: unknown): T => value as T;

describe('mlp', () => {
  test('mlp([2, 5, 1]) is the material’s network, named as PyTorch names it', () => {
    const model = mlp([2, 5, 1]);
    expect(model.layout).toEqual(
      layoutOf([
        { name: 'fc1.weight', shape: [5, 2] },
        { name: 'fc1.bias', shape: [5] },
        { name: 'fc2.weight', shape: [1, 5] },
        { name: 'fc2.bias', shape: [1] },
      ]),
    );
    expect(model.layers.map((l) => l.kind)).toEqual(['linear', 'sigmoid', 'linear', 'sigmoid']);
    expect(model.loss).toEqual({ kind: 'bce', reduction: 'mean' });
    expect([model.name, model.inputs, model.outputs]).toEqual(['2-5-1', 2, 1]);
  });

  test('hidden and output activations, loss, bias and name are as asked for', () => {
    const model = mlp([3, 4, 4, 2], {
      hidden: 'elu',
      output: 'identity',
      loss: { kind: 'mse', reduction: 'sum' },
      bias: false,
      name: 'mine',
    });
    expect(model.layers.map((l) => l.kind)).toEqual(['linear', 'elu', 'linear', 'elu', 'linear']);
    expect(model.layout.slots.map((s) => s.name)).toEqual([
      'fc1.weight',
      'fc2.weight',
      'fc3.weight',
    ]);
    expect([model.name, model.loss.reduction]).toEqual(['mine', 'sum']);
  });

  test('an activation by name has PyTorch’s defaults; as a spec, its own', () => {
    const hidden = (given: Parameters<typeof mlp>[1]): unknown => mlp([1, 1, 1], given).layers[1];
    expect(hidden({ hidden: 'leaky_relu' })).toEqual({ kind: 'leaky_relu', slope: 0.01 });
    expect(hidden({ hidden: 'elu' })).toEqual({ kind: 'elu', alpha: 1 });
    expect(hidden({ hidden: { kind: 'elu', alpha: 1.3 } })).toEqual({ kind: 'elu', alpha: 1.3 });
  });

  test.each([
    [[2], 'mlp sizes [2]: expected at least two'],
    [[2, 0], 'mlp sizes[1]: got 0, expected a positive integer'],
    [[2, 1.5, 1], 'mlp sizes[1]: got 1.5, expected a positive integer'],
    [[0, 1], 'inputs: got 0, expected a positive integer'],
    [[Number.NaN, 1], 'inputs: got NaN, expected a positive integer'],
  ])('sizes %j: one error', (sizes, message) => {
    expect(() => mlp(sizes)).toThrow(new RangeError(message));
  });

  test('an unknown activation or loss is an error that lists what exists', () => {
    expect(() => mlp([1, 1, 1], { hidden: unchecked('swish') })).toThrow(
      new RangeError(`activation: unknown "swish"; there are ${activations.join(', ')}`),
    );
    expect(() => mlp([1, 1], { loss: unchecked('hinge') })).toThrow(
      new RangeError('loss: unknown "hinge"; there are bce, bce_with_logits, cross_entropy, mse'),
    );
  });
});

describe('sequential', () => {
  test('layers in any order: an activation first, two linear layers in a row, none at all', () => {
    const specs: LayerSpec[] = [{ kind: 'tanh' }, linear('a', 3, 4), linear('b', 4, 2)];
    const model = sequential(3, specs, mse);
    expect([model.inputs, model.outputs, model.layout.size]).toEqual([3, 2, 16 + 10]);
    expect(sequential(3, [], mse)).toMatchObject({ outputs: 3, layout: { size: 0 } });
  });

  test('widths that do not follow, one name twice, unknown kinds: one error each', () => {
    expect(() => sequential(3, [linear('a', 3, 4), linear('b', 5, 2)], mse)).toThrow(
      new RangeError('b: got 4 input features, expected 5'),
    );
    expect(() => sequential(3, [linear('a', 3, 3), linear('a', 3, 3)], mse)).toThrow(
      new RangeError('layout: duplicate parameter "a.weight"'),
    );
    expect(() => sequential(3, [unchecked({ kind: 'conv' })], mse)).toThrow(
      new RangeError(`layer 0: unknown "conv"; there are ${Object.keys(layers).join(', ')}`),
    );
    expect(() => sequential(3, [unchecked({ kind: 'toString' })], mse)).toThrow(
      'unknown "toString"',
    );
    expect(() => sequential(3, [], unchecked({ kind: 'valueOf', reduction: 'mean' }))).toThrow(
      'loss: unknown "valueOf"',
    );
    expect(() => sequential(3, [], unchecked({ kind: 'mse', reduction: 'avg' }))).toThrow(
      new RangeError('loss reduction: unknown "avg"; there are mean, sum'),
    );
    expect(() => sequential(3, [{ kind: 'elu', alpha: Number.NaN }], mse)).toThrow(
      new RangeError('layer 0: elu alpha is NaN, expected a finite number'),
    );
    for (const [field, message] of [
      [{ name: '' }, 'name is , expected a name such as "fc1"'],
      [{ in: undefined }, 'in is undefined, expected a positive integer'],
      [{ out: 2.5 }, 'out is 2.5, expected a positive integer'],
      [{ bias: undefined }, 'bias is undefined, expected true or false'],
    ] as const) {
      const spec = unchecked<LayerSpec>({ ...linear('a', 3, 3), ...field });
      expect(() => sequential(3, [spec], mse)).toThrow(
        new RangeError(`layer 0: linear ${message}`),
      );
    }
    expect(() => sequential(-1, [], mse)).toThrow('inputs: got -1, expected a positive integer');
  });

  test('an unknown slot is an error that lists the layout’s', () => {
    const params = zeroParams(mlp([2, 1]).layout);
    expect(() => slotValues(params, 'fc9.weight')).toThrow(
      new RangeError('unknown parameter "fc9.weight"; this layout has fc1.weight, fc1.bias'),
    );
  });
});
