import { describe, expect, test } from 'vitest';
import {
  backwardDecades,
  type Decades,
  factorOf,
  meanDecades,
} from '../../src/experiments/backward-decades.ts';
import { fiveLayerSetup, type StartName } from '../../src/experiments/five-layer.ts';
import { layerMoves, norm, weightNorms } from '../../src/experiments/layer-norms.ts';
import { methods } from '../../src/gradients/methods.ts';
import { batchShape } from '../../src/model/batch.ts';
import type { Activation } from '../../src/model/model.ts';
import { copyParams, type Params, slotValues, zeroParams } from '../../src/params/params.ts';

const LINEAR: Activation = { kind: 'leaky_relu', slope: 1 };

async function decadesOf(
  hidden: Activation,
  start: StartName,
  change: (params: Params) => void = () => {},
): Promise<Decades> {
  const { model, params, split } = fiveLayerSetup({ hidden, start, seed: 0, epochs: 0 });
  change(params);
  const found = await methods['manual-fused'].prepare(model, batchShape(split.train));
  if (found.kind !== 'prepared') throw new Error(found.why);
  const grads = zeroParams(model.layout);
  found.run.valueAndGrad(params, split.train, grads);
  return backwardDecades(model, params, split.train, weightNorms(grads));
}

describe('backward decades', () => {
  test('where ReLU is always active it loses nothing through slopes', async () => {
    expect((await decadesOf('relu', 'small')).slopes).toBeCloseTo(0, 12);
  });

  test('a slope of 0.01 in four layers is eight decades', async () => {
    const found = await decadesOf({ kind: 'leaky_relu', slope: 0.01 }, 'negative');
    expect(found.slopes).toBeCloseTo(-8, 12);
  });

  test('a sigmoid with inputs near 1 loses four times its slope there', async () => {
    const slope = Math.exp(-1) / (1 + Math.exp(-1)) ** 2;
    const found = await decadesOf('sigmoid', 'small');
    // Pre-activations are 1 ± 0.1, where the slope is within a tenth of that at 1.
    expect(Math.abs(found.slopes - 4 * Math.log10(slope))).toBeLessThan(4 * Math.log10(1.1));
  });

  test('weights ten times as large in four layers gain four decades through the weights', async () => {
    const before = await decadesOf(LINEAR, 'small');
    const after = await decadesOf(LINEAR, 'small', (params) => {
      for (const layer of [2, 3, 4, 5]) {
        const weight = slotValues(params, `fc${layer}.weight`);
        weight.forEach((value, i) => {
          weight[i] = 10 * value;
        });
      }
    });
    expect(after.weights - before.weights).toBeCloseTo(4, 12);
    expect(after.slopes).toBeCloseTo(0, 12);
  });

  test('the parts make the whole', async () => {
    const { slopes, weights, inputs, all } = await decadesOf('sigmoid', 'unit');
    expect(slopes + weights + inputs).toBeCloseTo(all, 12);
  });

  test('a mean is of each part, over all', () => {
    const [one, two] = [
      { slopes: -1, weights: -2, inputs: -3, all: -6 },
      { slopes: 3, weights: 0, inputs: 5, all: 8 },
    ];
    expect(meanDecades([one, two])).toEqual({ slopes: 1, weights: -1, inputs: 1, all: 1 });
  });

  test('a power of ten is the factor that it stands for', () => {
    for (const decades of [-8, -2.5, 0, 0.25, 3]) {
      expect(factorOf(decades) / 10 ** decades).toBeCloseTo(1, 14);
    }
  });

  test('means leave out what has no logarithm', async () => {
    const dead = await decadesOf('relu', 'negative');
    expect(Number.isFinite(dead.all)).toBe(false);
    const live = await decadesOf('relu', 'small');
    expect(meanDecades([dead, live])).toEqual(meanDecades([live]));
    expect(meanDecades([dead]).all).toBeNaN();
    const firstDead = { ...live, all: Number.NEGATIVE_INFINITY };
    expect(meanDecades([firstDead, live])).toEqual(meanDecades([live]));
  });
});

describe('layer norms', () => {
  test('a norm is the length', () => {
    expect(norm([3, 4])).toBe(5);
    expect(norm([])).toBe(0);
  });

  test('a change of one bias is its layer’s, and the last bit of a weight is seen', () => {
    const { params } = fiveLayerSetup({ hidden: 'relu', start: 'default', seed: 0, epochs: 0 });
    const after = copyParams(params);
    slotValues(after, 'fc2.bias')[1]! += 0.5;
    const weight = slotValues(after, 'fc4.weight');
    weight[0]! *= 1 + Number.EPSILON;
    const moves = layerMoves(params, after);
    expect(moves.map((move) => move > 0)).toEqual([false, true, false, true, false]);
    expect(moves[1]).toBeCloseTo(0.5, 12);
  });
});
