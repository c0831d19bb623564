import { describe, expect, it } from 'vitest';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import type { Batch } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import type { Dtype } from '../../src/numeric/dtype.ts';
import { zeros } from '../../src/numeric/matrix.ts';
import { initialise } from '../../src/params/initialise.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { accuracyOf } from '../../src/training/accuracy.ts';
import { moonsSplit } from '../../src/training/moons-split.ts';
import { type History, Runner } from '../../src/training/runner.ts';
import { sgd } from '../../src/training/sgd.ts';

/** The course's setting: 2-5-1 sigmoid, 640 moons, rate 0.2. */
const model = mlp([2, 5, 1]);
const { train, dev } = moonsSplit();
const RATE = 0.2;
const quiet = { savePath: null, logEvery: null } as const;

async function trained(
  method: GradientMethod,
  epochs: number,
  dtype: Dtype = 'float64',
): Promise<{ history: History; params: Params }> {
  const params = initialise(model.layout, { dtype });
  const runner = new Runner({ model, optimiser: sgd({ learningRate: RATE }), method, params });
  await runner.train(train, dev, { ...quiet, epochs });
  return { history: runner.history, params: runner.params };
}

/** The same training as a plain loop. */
async function plainLoop(epochs: number): Promise<{ history: History; params: Params }> {
  const method = methods['manual-textbook'];
  const runs = await Promise.all(
    [train, dev].map(async ({ inputs }) => {
      const preparation = await method.prepare(model, { rows: inputs.rows });
      if (preparation.kind === 'unsupported') throw new Error(preparation.why);
      return preparation.run;
    }),
  );
  const judge = (set: Batch, run: (typeof runs)[number], params: Params) => {
    const [grads, outputs] = [zeroParams(model.layout), zeros(set.inputs.rows, 1)];
    const loss = run.valueAndGrad(params, set, grads, { outputs });
    return { loss, grads, score: accuracyOf(model)(outputs, set.targets) };
  };
  const params = initialise(model.layout);
  const [trainLoss, trainScore, devLoss, devScore]: number[][] = [[], [], [], []];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before = judge(train, runs[0]!, params);
    trainLoss!.push(before.loss);
    trainScore!.push(before.score);
    for (let i = 0; i < params.values.length; i++) {
      params.values[i]! -= RATE * before.grads.values[i]!;
    }
    const after = judge(dev, runs[1]!, params);
    devLoss!.push(after.loss);
    devScore!.push(after.score);
  }
  const history = { trainLoss, trainScore, devLoss, devScore } as History; // four arrays, filled
  return { history, params };
}

it('the course’s training is a plain loop’s: the same histories and parameters, to the bit', async () => {
  const found = await trained(methods['manual-textbook'], 60);
  expect(found).toEqual(await plainLoop(60));
  expect(found.history.trainLoss.length).toBe(60);
  expect(found.history.trainLoss[59]).toBeLessThan(found.history.trainLoss[0]!);
});

/** How far two trainings are apart at worst, relative to the larger of each pair of figures. */
function apart(a: Awaited<ReturnType<typeof trained>>, b: typeof a): number {
  const figures = ({ history, params }: typeof a): number[] => [
    ...Object.values(history).flat(),
    Math.hypot(...params.values),
  ];
  const distance = copyParams(a.params);
  for (let i = 0; i < distance.values.length; i++) distance.values[i]! -= b.params.values[i]!;
  const others = figures(b);
  const relative = figures(a).map(
    (x, i) => Math.abs(x - others[i]!) / Math.max(Math.abs(x), Math.abs(others[i]!)),
  );
  return Math.max(...relative, Math.hypot(...distance.values) / Math.hypot(...a.params.values));
}

/** What voids a row of the speed report: relative, after 10 steps. */
const TOLERANCE: { readonly [D in Dtype]: number } = { float64: 1e-12, float32: 1e-5 };

describe.each(['float64', 'float32'] as const)('%s', (dtype) => {
  const engines = ['manual', 'tape', 'replay'].flatMap((engine) =>
    ['fused', 'textbook'].map((size) => `${engine}-${size}` as keyof typeof methods),
  );

  it.each(engines)('%s trains as manual-fused does', async (name) => {
    const expected = await trained(methods['manual-fused'], 10, dtype);
    const found = await trained(methods[name], 10, dtype);
    expect(apart(found, expected)).toBeLessThan(TOLERANCE[dtype]);
  });

  it('a gradient wrong by a thousandth does not', async () => {
    const wrong: GradientMethod = {
      name: 'wrong',
      prepare: async (...what) => {
        const right = await methods['manual-fused'].prepare(...what);
        if (right.kind === 'unsupported') return right;
        const { valueAndGrad, ...rest } = right.run;
        return {
          kind: 'prepared',
          run: {
            ...rest,
            valueAndGrad: (params, batch, into, extra) => {
              const loss = valueAndGrad(params, batch, into, extra);
              for (let i = 0; i < into.values.length; i++) into.values[i]! *= 1.001;
              return loss;
            },
          },
        };
      },
    };
    const expected = await trained(methods['manual-fused'], 10, dtype);
    expect(apart(await trained(wrong, 10, dtype), expected)).toBeGreaterThan(TOLERANCE[dtype]);
  });
});

it('methods without a value of their own train too: complex steps as the formulas do', async () => {
  const small = mlp([2, 3, 1]);
  const few = { inputs: zeros(4, 2), targets: zeros(4, 1) };
  few.inputs.data.set([1, 0, -0.5, 0.25, 0.75, -1, 0.125, 2]);
  few.targets.data.set([1, 0, 0, 1]);
  const run = async (method: GradientMethod) => {
    const runner = new Runner({ model: small, optimiser: sgd({ learningRate: RATE }), method });
    await runner.train(few, few, { ...quiet, epochs: 10 });
    return { history: runner.history, params: runner.params };
  };
  const [oracle, manual] = [await run(methods['complex-step']), await run(methods['manual-fused'])];
  expect(apart(oracle, manual)).toBeLessThan(TOLERANCE.float64);
});
