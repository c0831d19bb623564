import { describe, expect } from 'vitest';
import {
  constant,
  heNormal,
  heUniform,
  type Initialiser,
  initialise,
  normal,
  torchLinear,
  uniform,
  xavierNormal,
  xavierUniform,
  zeros,
} from '../../src/params/initialise.ts';
import { layoutOf } from '../../src/params/layout.ts';
import { slotValues } from '../../src/params/params.ts';
import { fc, test } from '../property.ts';

/** Non-square, and the bias's own length (40) is neither fan-in (90) alone nor fan-out by chance. */
const layout = layoutOf([
  { name: 'fc1.weight', shape: [40, 90] },
  { name: 'fc1.bias', shape: [40] },
  { name: 'fc2.weight', shape: [3, 40] },
  { name: 'fc2.bias', shape: [3] },
]);

const valuesOf = (
  slot: string,
  weight: Initialiser,
  bias: Initialiser = weight,
  seed = 0,
): number[] => Array.from(slotValues(initialise(layout, { seed, weight, bias }), slot));

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

describe('initialisers', () => {
  test.each([
    ['torchLinear', torchLinear, 1 / Math.sqrt(90)],
    ['xavierUniform', xavierUniform, Math.sqrt(6 / 130)],
    ['heUniform', heUniform, Math.sqrt(6 / 90)],
    ['uniform(−a, a)', uniform(-0.7, 0.7), 0.7],
  ] as const)('%s: 3,600 values fill (−a, a) and stay in it, for weight and bias', (_, init, a) => {
    const weights = valuesOf('fc1.weight', init);
    const largest = Math.max(...weights.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(a);
    // All 3,600 magnitudes below 0.99 a has probability 0.99^3600 = 2e-16.
    expect(largest).toBeGreaterThan(0.99 * a);
    expect(Math.abs(rms(weights) - a / Math.sqrt(3))).toBeLessThan(0.04 * a);
    expect(Math.max(...valuesOf('fc1.bias', init).map(Math.abs))).toBeLessThanOrEqual(a);
  });

  test.each([
    ['normal(0, 0.3)', normal(0, 0.3), 0.3],
    ['xavierNormal', xavierNormal, Math.sqrt(2 / 130)],
    ['heNormal', heNormal, Math.sqrt(2 / 90)],
  ] as const)('%s: the standard deviation is within 5 standard errors', (_, init, std) => {
    expect(Math.abs(rms(valuesOf('fc1.weight', init)) / std - 1)).toBeLessThan(5 / Math.sqrt(7200));
  });

  test('normal and uniform are shifted by their mean and low end', () => {
    const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b) / v.length;
    expect(mean(valuesOf('fc1.weight', normal(2, 0.1)))).toBeCloseTo(2, 1);
    expect(Math.min(...valuesOf('fc1.weight', uniform(5, 6)))).toBeGreaterThanOrEqual(5);
  });

  test('zeros and constant fill exactly', () => {
    expect(new Set(valuesOf('fc1.weight', zeros))).toEqual(new Set([0]));
    expect(new Set(valuesOf('fc2.bias', constant(-8)))).toEqual(new Set([-8]));
  });
});

describe('initialise', () => {
  test('weights and biases draw from their own initialiser; torchLinear where none is named', () => {
    const params = initialise(layout, { bias: constant(1) });
    expect(new Set(slotValues(params, 'fc1.bias'))).toEqual(new Set([1]));
    expect(Array.from(slotValues(params, 'fc1.weight'))).toEqual(
      valuesOf('fc1.weight', torchLinear),
    );
  });

  test('a slot’s name wins over its layer’s, and both over weight and bias', () => {
    const params = initialise(layout, {
      perLayer: { fc2: constant(2), 'fc2.bias': constant(3) },
    });
    expect(new Set(slotValues(params, 'fc2.weight'))).toEqual(new Set([2]));
    expect(new Set(slotValues(params, 'fc2.bias'))).toEqual(new Set([3]));
  });

  test('changing one slot’s initialiser leaves the others’ values as they were', () => {
    const plain = initialise(layout);
    const changed = initialise(layout, { perLayer: { 'fc1.weight': normal(0, 1) } });
    expect(slotValues(changed, 'fc1.weight')).not.toEqual(slotValues(plain, 'fc1.weight'));
    for (const slot of ['fc1.bias', 'fc2.weight', 'fc2.bias']) {
      expect(slotValues(changed, slot)).toEqual(slotValues(plain, slot));
    }
  });

  test.prop([fc.integer()], { numRuns: 10 })(
    'one seed gives one result, another seed another',
    (seed) => {
      const again = initialise(layout, { seed }).values;
      expect(initialise(layout, { seed }).values).toEqual(again);
      expect(initialise(layout, { seed: seed + 1 }).values).not.toEqual(again);
    },
  );

  test('float32 is the float64 result, rounded', () => {
    const rounded = Float32Array.from(initialise(layout).values);
    expect(initialise(layout, { dtype: 'float32' }).values).toEqual(rounded);
  });

  test('fans of more than two extents count each position, as PyTorch does', () => {
    const conv = layoutOf([{ name: 'conv.weight', shape: [2, 3, 5, 7] }]);
    const [fanIn] = initialise(conv, { weight: (fans) => () => fans().in }).values;
    const [fanOut] = initialise(conv, { weight: (fans) => () => fans().out }).values;
    expect([fanIn, fanOut]).toEqual([3 * 5 * 7, 2 * 5 * 7]);
  });

  test('an unknown slot or layer is an error that lists what exists', () => {
    expect(() => initialise(layout, { perLayer: { fc9: zeros } })).toThrow(
      'initialise: unknown slot or layer "fc9"; this layout has fc1, fc1.weight, fc1.bias, fc2, fc2.weight, fc2.bias',
    );
    expect(() => initialise(layout, { perLayer: { 'fc1.toString': zeros } })).toThrow(
      'unknown slot',
    );
    expect(() => initialise(layoutOf([]), { perLayer: { a: zeros } })).toThrow(
      'this layout has none',
    );
  });

  test('fans are asked for only by those that need them: a bias without a weight may be constant', () => {
    const lone = layoutOf([{ name: 'norm.bias', shape: [4] }]);
    expect(Array.from(initialise(lone, { bias: constant(1) }).values)).toEqual([1, 1, 1, 1]);
    expect(() => initialise(lone)).toThrow(
      'norm.bias: no "norm.weight" to take fans from; give it an initialiser without fans',
    );
    const undotted = layoutOf([{ name: 'scale', shape: [4] }]);
    expect(() => initialise(undotted)).toThrow('scale: no "scale.weight" to take fans from');
    expect([...initialise(undotted, { perLayer: { scale: constant(2) } }).values]).toEqual([
      2, 2, 2, 2,
    ]);
    const vector = layoutOf([{ name: 'norm.weight', shape: [4] }]);
    expect(() => initialise(vector)).toThrow(
      'norm.weight: fans of norm.weight [4], expected a shape [out, in]',
    );
  });
});
