import {
  type Arbitrary,
  assert as assertProperty,
  asyncProperty,
  check,
  constantFrom,
  integer,
  property as over,
  record,
  sample,
  stringify,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mistakes } from '../../src/check/mistakes/mistakes.ts';
import { checkModel } from '../../src/check/model/check-model.ts';
import { manualFused } from '../../src/gradients/manual/method.ts';
import { simplerNumbers } from '../../src/integrations/arbitraries/simpler.ts';
import {
  batch,
  cotangent,
  isWellConditioned,
  network,
  type Problem,
  parameters,
  point,
  problem,
} from '../../src/integrations/fast-check.ts';
import { assertBatch } from '../../src/model/batch.ts';
import { evaluate } from '../../src/model/forward.ts';
import { type Activation, mlp } from '../../src/model/model.ts';
import { double } from '../../src/numeric/double.ts';
import { matrixOf } from '../../src/numeric/matrix.ts';
import { test as property } from '../property.ts';

/** The smallest value for which the property fails, found from this seed. */
function smallest<T>(arbitrary: Arbitrary<T>, fails: (value: T) => boolean, seed: number): T {
  const details = check(
    over(arbitrary, (value) => !fails(value)),
    { seed, numRuns: 300 },
  );
  expect(details.failed).toBe(true);
  return details.counterexample![0];
}

describe('a planted mistake shrinks to the smallest network that shows it', () => {
  test.each([
    ['sign-flipped', '1 → 1, mse mean, batch of 1'],
    // D = N·C is 1 for one sample and one output; fewer outputs come before fewer samples.
    ['mean-missing', '1 → 1, mse mean, batch of 2'],
    ['mean-for-sum', '1 → 1, mse sum, batch of 2'],
    ['mean-over-rows', '1 → 2, mse mean, batch of 1'],
    ['one-hot-missing', '1 → 2, cross_entropy mean, batch of 1'],
    ['output-slope-twice', '1 → 1, bce_with_logits mean, batch of 1'],
    ['last-sample-only', '1 → 1, mse mean, batch of 2'],
    ['db-last-row', '1 → 1, mse mean, batch of 2', 'bias'],
    ['db-wrong-axis', '1 → 2, mse mean, batch of 2', 'bias'],
    // A row transposed is the same numbers.
    ['dw-transposed', '2 → 2, mse mean, batch of 1'],
    // What goes down matters only where a layer is below, and a column transposed is the same.
    ['dx-weight-transposed', '1 → 2 → 2, mse mean, batch of 1'],
    ['dx-zero', '1 → 1 → 1, mse mean, batch of 1'],
    ['mask-inverted', '1 → 1 relu, mse mean, batch of 1'],
    ['slope-rest-only', '1 → 1 sigmoid, mse mean, batch of 1'],
    ['elu-alpha-missing', '1 → 1 elu, mse mean, batch of 1'],
    ['slope-of-layer-before', '1 → 1 sigmoid → 1 sigmoid, mse mean, batch of 1'],
    ['l2-on-bias', '1 → 1, mse mean, batch of 1', 'bias'],
  ])('%s: %s', async (name, expected, bias?: string) => {
    const method = mistakes.find((m) => m.name === name)!.method();
    const right = asyncProperty(problem(), async ({ model, params, batch: data }) => {
      const { verdict } = await checkModel(model, params, data, method, { diagnose: false });
      return verdict === 'agrees' || verdict === 'unresolved';
    });
    for (const seed of [1, 2]) {
      const { counterexample } = await check(right, { seed, numRuns: 300 });
      const text = stringify(counterexample?.[0]);
      const [network, ...numbers] = text.split('\n');
      expect(network!.replace(/\([\d.]+\)/g, '')).toBe(expected);
      expect(text.includes('bias')).toBe(bias !== undefined);
      // No number has more than three digits.
      expect(numbers.join('\n')).not.toMatch(/\d\.\d{4}/);
    }
  });
});

describe('problem', () => {
  property.prop([problem()], { numRuns: 100 })(
    'a right method agrees, in a batch that its loss takes',
    async ({ model, params, batch: data }) => {
      assertBatch(model, data);
      const { verdict } = await checkModel(model, params, data, manualFused);
      expect(verdict).toBe('agrees');
    },
  );

  test('draws every activation, loss and reduction, with and without bias, of every size', () => {
    const drawn = sample(problem(), { seed: 1, numRuns: 300 });
    const seen = (what: (p: Problem) => Iterable<unknown>): unknown[] => [
      ...new Set(drawn.flatMap((p) => [...what(p)])),
    ];
    const kinds = seen(({ model }) => model.layers.map(({ kind }) => kind));
    expect(kinds.sort()).toEqual(['elu', 'leaky_relu', 'linear', 'relu', 'sigmoid', 'tanh']);
    const losses = seen(({ model }) => [model.loss.kind]);
    expect(losses.sort()).toEqual(['bce', 'bce_with_logits', 'cross_entropy', 'mse']);
    expect(seen(({ model }) => [model.loss.reduction]).sort()).toEqual(['mean', 'sum']);
    const biased = ({ model }: Problem): boolean =>
      model.layout.slots.some(({ name }) => name.endsWith('bias'));
    expect(seen((p) => [biased(p)])).toHaveLength(2);
    const layers = ({ model }: Problem): number =>
      model.layers.filter(({ kind }) => kind === 'linear').length;
    expect(seen((p) => [layers(p)]).sort()).toEqual([1, 2, 3]);
    expect(seen(({ batch: data }) => [data.inputs.rows]).sort()).toEqual([1, 2, 3, 4]);
  });

  const size = integer({ min: 1, max: 5 });
  const asked = record({
    maxLayers: size,
    maxWidth: size,
    maxRows: size,
    loss: constantFrom('mse', 'bce'),
  });
  property.prop([asked, integer()])(
    'draws and shrinks within its constraints, always well-conditioned',
    ({ loss, ...sizes }, seed) => {
      const constraints = { ...sizes, losses: [loss], activations: ['sigmoid', 'elu'] } as const;
      let visited = 0;
      const fails = ({ model, batch: data, params, dtype }: Problem): boolean => {
        visited++;
        assertBatch(model, data);
        expect(isWellConditioned({ model, batch: data, params, dtype })).toBe(true);
        const linears = model.layers.filter(({ kind }) => kind === 'linear');
        expect(linears.length).toBeLessThanOrEqual(sizes.maxLayers);
        expect(data.inputs.rows).toBeLessThanOrEqual(sizes.maxRows);
        expect(Math.max(model.inputs, model.outputs)).toBeLessThanOrEqual(sizes.maxWidth);
        expect(model.loss.kind).toBe(loss);
        expect(model.layers.length).toBe(2 * linears.length);
        return true;
      };
      smallest(problem({ ...constraints, bias: true }), fails, seed);
      expect(visited).toBeGreaterThan(1);
    },
  );

  test('its text has the network, its loss and every number', () => {
    const found = smallest(
      problem({ activations: ['elu'], losses: ['cross_entropy'], reductions: ['sum'], bias: true }),
      ({ model }) => model.inputs === 2 && model.layers.length === 4,
      1,
    );
    const lines = stringify(found).split('\n');
    expect(lines[0]).toMatch(/^2 → 1 elu\(.*\) → 2 elu\(.*\), cross_entropy sum, batch of 1$/);
    expect(lines.slice(1).map((line) => line.replace(/[\d.-]+(?=[,\]])/g, '#'))).toEqual([
      '  fc1.weight = [[#, #]]',
      '  fc1.bias = [#]',
      '  fc2.weight = [[#], [#]]',
      '  fc2.bias = [#, #]',
      '  inputs = [[#, #]]',
      '  targets = [[#]]',
    ]);
  });

  test.each([
    [{ maxWidth: 0 }, 'maxWidth: got 0, expected a positive integer'],
    [
      { losses: ['hinge'] },
      'losses: got "hinge"; there are mse, bce_with_logits, cross_entropy, bce',
    ],
    [{ activations: [] }, 'activations: got none; there are identity, relu'],
    [{ losses: ['bce'], activations: ['relu'] }, 'losses: none of [bce] can be drawn: bce needs'],
    [{ losses: ['cross_entropy'], maxWidth: 1 }, 'cross_entropy a maxWidth of 2'],
    [
      { activation: ['relu'] },
      'network: unknown constraint "activation"; did you mean activations? there are',
    ],
    [{ depth: 3 }, 'network: unknown constraint "depth"; there are maxLayers, maxWidth,'],
  ])('refuses %o', (constraints, says) => {
    // Beyond the types, as JavaScript may.
    expect(() => problem(constraints as object)).toThrow(says);
  });
});

describe('well-conditioned', () => {
  /** 1-1-1 with weights w, v and no bias, under mse. */
  const chain = (hidden: Activation, w: number, v: number, x: number[], y: number[]): Problem => {
    const model = mlp([1, 1, 1], { hidden, output: 'identity', loss: 'mse', bias: false });
    const params = { layout: model.layout, values: Float64Array.of(w, v) };
    const column = (values: number[]) => matrixOf(values.map((value) => [value]));
    return { model, params, batch: { inputs: column(x), targets: column(y) }, dtype: 'float64' };
  };

  test.each([
    ['a unit at its kink', chain('relu', 1e-6, 1, [1], [3]), chain('relu', 1e-2, 1, [1], [3])],
    ['a saturated unit', chain('tanh', 9, 1, [1], [3]), chain('tanh', 2, 1, [1], [3])],
    ['a gradient that vanishes', chain('tanh', 0, 1, [1], [0]), chain('tanh', 0.1, 1, [1], [0])],
    [
      'samples that cancel',
      chain('tanh', 1, 1, [1, 1], [Math.tanh(1) + 1, Math.tanh(1) - 1 + 1e-6]),
      chain('tanh', 1, 1, [1, 1], [Math.tanh(1) + 1, Math.tanh(1) - 1 + 1e-2]),
    ],
  ])('%s is refused, and a milder one is not', (_what, ill, well) => {
    expect([ill, well].map(isWellConditioned)).toEqual([false, true]);
  });
});

describe('a kink out of reach', () => {
  /** Which branch each `choose` takes, in the order of evaluation. */
  const branches = ({ model, params, batch: data }: Problem): readonly boolean[] => {
    const taken: boolean[] = [];
    const watching: typeof double = {
      ...double,
      choose: (condition, positive, otherwise) => {
        taken.push(condition > 0);
        return double.choose(condition, positive, otherwise);
      },
    };
    evaluate(watching, model, Array.from(params.values), data);
    return taken;
  };

  property.prop([problem({ activations: ['relu', 'leaky_relu', 'elu', 'tanh', 'sigmoid'] })])(
    'is crossed by no step of a central difference, 4.8e-6 of a parameter',
    (drawn) => {
      const before = branches(drawn);
      const { values, layout } = drawn.params;
      for (const [i, v] of values.entries()) {
        for (const step of [4.8e-6, -4.8e-6]) {
          const params = { layout, values: values.with(i, v + step * Math.max(1, Math.abs(v))) };
          expect(branches({ ...drawn, params })).toEqual(before);
        }
      }
    },
  );
});

describe('the parts', () => {
  test('a network alone shrinks to one unit', () => {
    const { name, loss, layers } = smallest(network(), () => true, 1);
    expect({ name, loss: loss.kind, layers: layers.length }).toEqual({
      name: '1-1',
      loss: 'mse',
      layers: 1,
    });
    const tanh = smallest(network(), (m) => m.layers.some(({ kind }) => kind === 'tanh'), 1);
    expect(tanh.layers.map(({ kind }) => kind)).toEqual(['linear', 'tanh']);
  });

  const model = mlp([2, 3, 2], { output: 'identity', loss: 'cross_entropy' });

  test('parameters shrink to weights of 1 and biases of 0', () => {
    expect(Array.from(smallest(parameters(model), () => true, 1).values)).toEqual(
      model.layout.slots.flatMap(({ shape, size }) => Array(size).fill(shape.length === 2 ? 1 : 0)),
    );
  });

  property.prop([batch(model), parameters(model)])('they fit the network', (data, params) => {
    assertBatch(model, data);
    expect(params.values).toHaveLength(model.layout.size);
  });

  test('a batch shrinks to the sample that matters', () => {
    const found = smallest(batch(model), ({ targets }) => targets.data.includes(1), 1);
    expect(found.inputs).toEqual(matrixOf([[1, 1]]));
    expect(found.targets).toEqual(matrixOf([[1]]));
  });

  test('a point shrinks to plain numbers, only where they matter', () => {
    const steep = smallest(point(3), (x) => x[1]! < -0.3, 1);
    expect(Array.from(steep)).toEqual([1, -1, 1]);
  });

  test('a cotangent shrinks to one output, never to none, and is never all ones', () => {
    expect(Array.from(smallest(cotangent(3), () => true, 1)).filter((v) => v !== 0)).toEqual([1]);
    const whole = smallest(cotangent(2), (c) => c.every((v) => v !== 0), 1);
    expect(Array.from(whole)).not.toEqual([1, 1]);
  });

  test('numbers get plainer, to an end', () => {
    assertProperty(
      over(integer(), (seed) => {
        let [value, steps] = [sample(point(1), { seed, numRuns: 1 })[0]![0]!, 0];
        for (let next = [...simplerNumbers(value)]; next.length > 0; steps++) {
          value = next.at(-1)!;
          next = [...simplerNumbers(value)];
        }
        expect(value).toBe(1);
        expect(steps).toBeLessThan(12);
      }),
    );
  });
});
