import { describe, expect, test } from 'vitest';
import { descend } from '../../src/experiments/descend.ts';
import { moonsSetup } from '../../src/experiments/moons-setup.ts';
import { trainOnce } from '../../src/experiments/train.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { batchRows } from '../../src/model/batch.ts';

const byHand = methods['manual-fused'];

describe('descend', () => {
  test.each([
    ['manual-fused', 'float64', 0.2],
    ['manual-fused', 'float32', 5],
    ['tape-textbook', 'float64', 5],
  ] as const)(
    '%s in %s at rate %d: the Runner’s training, bit for bit',
    async (name, dtype, rate) => {
      const setup = moonsSetup({ seed: 3, learningRate: rate, epochs: 40, start: { dtype } });
      const start = setup.params.values.slice();
      const [alone, run] = [
        await descend(setup, methods[name]),
        await trainOnce(setup, methods[name]),
      ];
      expect(alone.losses).toEqual(run.history.trainLoss);
      expect(alone.params.values).toEqual(run.last.values);
      expect(alone.broke).toBeNull();
      expect(setup.params.values).toEqual(start);
    },
  );

  test('each epoch is shown before its update, with its own loss and gradient', async () => {
    const setup = moonsSetup({ seed: 0, learningRate: 0.5, epochs: 3 });
    const seen: { epoch: number; loss: number; values: number[]; grads: number[] }[] = [];
    const { losses, params } = await descend(setup, byHand, {
      onEpoch: ({ epoch, loss, params: before, grads }) =>
        seen.push({ epoch, loss, values: [...before.values], grads: [...grads.values] }),
    });
    expect(seen.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(seen.map(({ loss }) => loss)).toEqual(losses);
    expect(seen[0]!.values).toEqual([...setup.params.values]);
    const after = [...seen.slice(1).map(({ values }) => values), [...params.values]];
    expect(after).toEqual(
      seen.map(({ values, grads }) => values.map((v, i) => v - 0.5 * grads[i]!)),
    );
  });

  test('an epoch descends on the batch that it is given', async () => {
    const setup = moonsSetup({ seed: 0, epochs: 2 });
    const other = moonsSetup({ seed: 1 }).split.train;
    const { losses } = await descend(setup, byHand, {
      batchAt: (epoch) => (epoch === 0 ? setup.split.train : other),
    });
    const usual = await descend(setup, byHand);
    expect(losses[0]).toBe(usual.losses[0]);
    expect(losses[1]).not.toBe(usual.losses[1]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'a loss of %d ends it before that epoch’s update, shown all the same',
    async (bad) => {
      const setup = moonsSetup({ seed: 0, epochs: 6 });
      const epochs: number[] = [];
      const broken = await descend(setup, spoiling(2, bad), {
        onEpoch: ({ epoch }) => epochs.push(epoch),
      });
      const two = await descend({ ...setup, epochs: 2 }, byHand);
      expect(broken.losses).toEqual([...two.losses, bad]);
      expect(broken.broke).toBe(2);
      expect(epochs).toEqual([0, 1, 2]);
      expect(broken.params.values).toEqual(two.params.values);
    },
  );

  test('a method that cannot do the model is an error that names it', async () => {
    const cannot: GradientMethod = {
      name: 'cannot',
      prepare: async () => ({ kind: 'unsupported', why: 'it is a test' }),
    };
    await expect(descend(moonsSetup({ seed: 0 }), cannot)).rejects.toThrow(
      'cannot cannot differentiate 2-5-1: it is a test',
    );
  });
});

describe('moonsSetup', () => {
  test('the seed decides the data and the start, and what is not said is the material’s', () => {
    const [a, again, b] = [0, 0, 1].map((seed) => moonsSetup({ seed }));
    expect(again).toEqual(a);
    expect(b!.params.values).not.toEqual(a!.params.values);
    expect(b!.split.train.inputs.data).not.toEqual(a!.split.train.inputs.data);
    expect([a!.learningRate, a!.epochs, a!.model.layout.size]).toEqual([0.2, 1000, 21]);
  });

  test('what is said is used', () => {
    const { split } = moonsSetup({ seed: 0 });
    const half = { ...split, train: batchRows(split.train, 0, 320) };
    const said = { sizes: [2, 1, 1], learningRate: 5, epochs: 7 };
    const setup = moonsSetup({ seed: 0, split: half, start: { dtype: 'float32' }, ...said });
    expect(setup.split).toBe(half);
    expect(setup.params.values).toBeInstanceOf(Float32Array);
    expect([setup.learningRate, setup.epochs, setup.model.layout.size]).toEqual([5, 7, 5]);
  });
});

/** By hand, but the loss of one epoch is this. */
function spoiling(at: number, loss: number): GradientMethod {
  return {
    name: 'spoiling',
    prepare: async (...given) => {
      const found = await byHand.prepare(...given);
      if (found.kind === 'unsupported') return found;
      let epoch = 0;
      return {
        kind: 'prepared',
        run: {
          valueAndGrad: (...asked) => {
            const right = found.run.valueAndGrad(...asked);
            return epoch++ === at ? loss : right;
          },
        },
      };
    },
  };
}
