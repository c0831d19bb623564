import { describe, expect, test } from 'vitest';
import { agreeingShare, alongside } from '../../src/experiments/alongside.ts';
import type { Setup } from '../../src/experiments/setup.ts';
import { trainBoth } from '../../src/experiments/train.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { mlp } from '../../src/model/model.ts';
import { initialise } from '../../src/params/initialise.ts';
import { moonsSplit } from '../../src/training/moons-split.ts';

const setup = (epochs: number, dtype: 'float64' | 'float32' = 'float64'): Setup => {
  const model = mlp([2, 5, 1]);
  return {
    model,
    split: moonsSplit(),
    params: initialise(model.layout, { dtype }),
    learningRate: 0.2,
    epochs,
  };
};

describe('alongside', () => {
  test.each(['float64', 'float32'] as const)(
    'in %s, gradients by hand and by the tape agree every 50 epochs and at the last',
    async (dtype) => {
      const { along, manual, tape } = await trainBoth(setup(121, dtype));
      expect(along.compared).toBe(4); // 0, 50, 100, 120
      expect([...along.verdicts]).toEqual([['agrees', 4]]);
      expect(along.worst).toBeLessThan(1);
      expect(tape.history.trainLoss).toHaveLength(manual.history.trainLoss.length);
    },
  );

  test('it is two engines that are compared: their rounding differs', async () => {
    const { along } = await trainBoth(setup(1));
    expect(along.worst).toBeGreaterThan(0);
  });

  test('a tape that is wrong by one part in a thousand is found at every comparison', async () => {
    const right = methods['tape-textbook'];
    const wrong: GradientMethod = {
      name: 'wrong',
      prepare: async (...given) => {
        const prepared = await right.prepare(...given);
        if (prepared.kind === 'unsupported') return prepared;
        return {
          kind: 'prepared',
          run: {
            valueAndGrad: (params, batch, into, extra) => {
              const loss = prepared.run.valueAndGrad(params, batch, into, extra);
              into.values[3]! *= 1.001;
              return loss;
            },
          },
        };
      },
    };
    const given = setup(1);
    const watch = await alongside(given, wrong);
    watch.see({ epoch: 0, params: given.params });
    expect([...watch.found().verdicts]).toEqual([['disagrees', 1]]);
    expect(agreeingShare([watch.found()])).toBe(0);
  });

  test('nothing compared is no agreement', async () => {
    const watch = await alongside(setup(1));
    expect(agreeingShare([watch.found()])).toBeNaN();
  });
});
