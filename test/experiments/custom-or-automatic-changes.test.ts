import { describe, expect, test } from 'vitest';
import { type ChangeName, changes } from '../../src/experiments/custom-or-automatic/changes.ts';
import {
  baseTraining,
  outcomeOf,
  type Training,
} from '../../src/experiments/custom-or-automatic/training.ts';
import { methods } from '../../src/gradients/methods.ts';
import type { Batch } from '../../src/model/batch.ts';
import { dtypeOf } from '../../src/numeric/dtype.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { slotOf } from '../../src/params/layout.ts';
import { zeroParams } from '../../src/params/params.ts';

const base = { ...baseTraining(0), epochs: 3 };

const changed = (name: ChangeName, seed = 0, of: Training = base): Training =>
  changes.find((change) => change.name === name)!.of(of, seed);

/** All that a training has, and of each change the one thing that it may touch. */
const TOUCHES: { readonly [C in ChangeName]: keyof Training } = {
  start: 'params',
  draw: 'params',
  sum: 'model',
  mistake: 'method',
  tape: 'method',
  'tape-textbook': 'method',
  reversed: 'split',
  shuffled: 'batchAt',
  unclamped: 'method',
  clamped: 'method',
  'torch-floor': 'method',
  logits: 'model',
  float32: 'params',
};

const slot = ({ model, params }: Training, name: string): number[] => {
  const { offset, size } = slotOf(model.layout, name);
  return [...params.values.subarray(offset, offset + size)];
};

describe('every change', () => {
  test.each(Object.entries(TOUCHES) as [ChangeName, keyof Training][])(
    '%s touches %s, and nothing else',
    (name, touched) => {
      const to = changed(name);
      const keys = [...new Set([...Object.keys(base), ...Object.keys(to)])] as (keyof Training)[];
      expect(keys.filter((key) => to[key] !== base[key])).toEqual([touched]);
    },
  );

  test('is on the ladder once, and is another training than every other', () => {
    expect(changes.map(({ name }) => name).sort()).toEqual(Object.keys(TOUCHES).sort());
    const names = changes.flatMap(({ name }) =>
      TOUCHES[name] === 'method' ? changed(name).method : [],
    );
    expect(new Set([methods['manual-fused'], ...names]).size).toBe(names.length + 1);
  });
});

describe('starts', () => {
  test('N(0, 1): weights beyond what PyTorch draws, biases all zero', () => {
    const start = changed('start');
    for (const name of ['fc1.bias', 'fc2.bias']) {
      expect(slot(start, name).every((value) => value === 0)).toBe(true);
      expect(slot(base, name).every((value) => value !== 0)).toBe(true);
    }
    // 15 draws of N(0, 1) against bounds of 1/√2 and 1/√5.
    expect(Math.max(...slot(start, 'fc1.weight').map(Math.abs))).toBeGreaterThan(1);
    expect(slot(changed('start', 1), 'fc1.weight')).not.toEqual(slot(start, 'fc1.weight'));
  });

  test('drawn anew: within PyTorch’s bounds, and no value of the base’s', () => {
    const drawn = slot(changed('draw'), 'fc1.weight');
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThan(Math.SQRT1_2);
    expect(drawn.filter((value, i) => value === slot(base, 'fc1.weight')[i])).toEqual([]);
    expect(slot(changed('draw', 1), 'fc1.weight')).not.toEqual(drawn);
  });

  test('float32: the base’s values, rounded', () => {
    const { values } = changed('float32').params;
    expect(dtypeOf(values)).toBe('float32');
    expect([...values]).toEqual([...base.params.values].map(Math.fround));
  });
});

describe('batches', () => {
  const rows = ({ inputs, targets }: Batch): string[] =>
    Array.from(targets.data, (y, i) => `${inputs.data[2 * i]} ${inputs.data[2 * i + 1]} ${y}`);
  const { train } = base.split;

  test('reversed: the last row first', () => {
    expect(rows(changed('reversed').split.train)).toEqual(rows(train).reverse());
  });

  test('shuffled: the same rows in another order at each epoch and for each seed', () => {
    const { batchAt } = changed('shuffled');
    const [first, second] = [rows(batchAt!(0)), rows(batchAt!(1))];
    for (const order of [first, second]) {
      expect(order).not.toEqual(rows(train));
      expect([...order].sort()).toEqual(rows(train).sort());
    }
    expect(second).not.toEqual(first);
    expect(rows(changed('shuffled').batchAt!(0))).toEqual(first);
    expect(rows(changed('shuffled', 1).batchAt!(0))).not.toEqual(first);
  });
});

describe('gradients', () => {
  test('automatic ones are the tape’s', () => {
    expect(changed('tape').method).toBe(methods['tape-fused']);
    expect(changed('tape-textbook').method).toBe(methods['tape-textbook']);
  });

  /** Loss and ∂loss/∂z at an output that is z whatever the input: all weights are 0. */
  async function atOutput(name: ChangeName | null, z: number, y: number) {
    const { model, method } = name ? changed(name) : base;
    const found = await method.prepare(model, { rows: 1 });
    if (found.kind === 'unsupported') throw new Error(found.why);
    const params = zeroParams(model.layout);
    const { offset } = slotOf(model.layout, 'fc2.bias');
    params.values[offset] = z;
    const grads = zeroParams(model.layout);
    const batch = { inputs: matrixOf([[1, 1]]), targets: matrixOf([[y]]) };
    return { loss: found.run.valueAndGrad(params, batch, grads), slope: grads.values[offset]! };
  }

  test('of a certain output each form of the loss has its own answer', async () => {
    const right = await atOutput('unclamped', 40, 1);
    expect([right.loss, right.slope]).toEqual([Number.NaN, Number.NaN]);
    expect(await atOutput('clamped', 40, 1)).toEqual({ loss: 0, slope: 0 });
    expect(await atOutput('torch-floor', 40, 1)).toEqual({ loss: 0, slope: 0 });
    expect(await atOutput('logits', 40, 1)).toEqual({
      loss: expect.closeTo(4.248e-18, 21),
      slope: 0,
    });

    const wrong = async (name: ChangeName) => await atOutput(name, -40, 1);
    expect((await wrong('unclamped')).slope).toBeCloseTo(-1, 12);
    expect((await wrong('clamped')).slope).toBeCloseTo(-1, 12);
    expect((await wrong('torch-floor')).slope).toBeCloseTo(-4.248e-6, 9);
    expect(await wrong('logits')).toEqual({ loss: 40, slope: -1 });
    // Where p(1 − p) rounds to 0, clamped is apart from unclamped, and logits from both.
    const lost = async (name: ChangeName) => await atOutput(name, 40, 0);
    expect((await lost('unclamped')).loss).toBe(Infinity);
    expect((await lost('clamped')).loss).toBe(100);
    expect((await lost('logits')).loss).toBe(40);
  });

  test('clamped is not the fused tail: apart, the same sums round otherwise', async () => {
    const { losses } = await outcomeOf(changed('clamped'));
    const fused = (await outcomeOf(base)).losses;
    expect(losses).not.toEqual(fused);
    losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(fused[i]!, 14);
    });
  });

  test('σ′ forgotten: the hidden layer’s gradient is the right one over a(1 − a)', async () => {
    const gradients = async (name: ChangeName | null) => {
      const { model, method } = name ? changed(name) : base;
      const found = await method.prepare(model, { rows: 1 });
      if (found.kind === 'unsupported') throw new Error(found.why);
      const grads = zeroParams(model.layout);
      // All hidden units at σ(0): a(1 − a) is a quarter.
      const params = zeroParams(model.layout);
      params.values.set(slot(base, 'fc2.weight'), slotOf(model.layout, 'fc2.weight').offset);
      const batch = { inputs: matrixOf([[1, 1]]), targets: matrixOf([[1]]) };
      found.run.valueAndGrad(params, batch, grads);
      return slot({ ...base, params: grads }, 'fc1.weight');
    };
    const right = await gradients(null);
    expect((await gradients('mistake')).map((g, i) => g / right[i]!)).toEqual(
      right.map(() => expect.closeTo(4, 12)),
    );
  });
});
