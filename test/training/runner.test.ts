import { describe, expect, it } from 'vitest';
import type { GradientMethod, PreparedGradient } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import { recordedMethod } from '../../src/gradients/pytorch.ts';
import type { Batch } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { copyMatrix, type Matrix, matrixOf, zeros } from '../../src/numeric/matrix.ts';
import { initialise } from '../../src/params/initialise.ts';
import { copyParams, type Params, zeroParams } from '../../src/params/params.ts';
import { accuracyOf } from '../../src/training/accuracy.ts';
import { moons } from '../../src/training/moons.ts';
import type { Optimiser } from '../../src/training/optimiser.ts';
import { Runner } from '../../src/training/runner.ts';
import type { RunnerParts } from '../../src/training/runner-parts.ts';
import { sgd, sgdStepInPlace } from '../../src/training/sgd.ts';
import type { TrainOptions } from '../../src/training/train-options.ts';

const model = mlp([2, 3, 1]);
const train = moons({ samples: 12, seed: 1 });
const dev = moons({ samples: 7, seed: 2 });
const parts: RunnerParts = {
  model,
  optimiser: sgd({ learningRate: 0.5 }),
  method: methods['manual-fused'],
};
const quiet = { savePath: null, logEvery: null } as const;

type Run = Required<PreparedGradient>;
type Change = { value?: Run['value'] | null; valueAndGrad?: Run['valueAndGrad'] };

/** The fast method with its runs changed: null takes the value away. */
function changed(change: (run: Run) => Change, prepared: () => void = () => {}): GradientMethod {
  return {
    name: 'changed',
    prepare: async (...what) => {
      prepared();
      const own = await ready(...what);
      const { value, valueAndGrad } = { ...own, ...change(own) };
      return { kind: 'prepared', run: value ? { value, valueAndGrad } : { valueAndGrad } };
    },
  };
}

async function ready(...what: Parameters<GradientMethod['prepare']>): Promise<Run> {
  const preparation = await methods['manual-fused'].prepare(...what);
  if (preparation.kind === 'unsupported') throw new Error(preparation.why);
  const { value, valueAndGrad } = preparation.run;
  if (!value) throw new Error('no value');
  return { value, valueAndGrad };
}

/** Loss and gradients of a set at these parameters, in memory of their own. */
async function gradientAt(params: Params, { inputs, targets }: Batch) {
  const { valueAndGrad } = await ready(model, { rows: inputs.rows });
  const [grads, outputs] = [zeroParams(model.layout), zeros(inputs.rows, 1)];
  const loss = valueAndGrad(params, { inputs, targets }, grads, { outputs });
  return { loss, grads, score: accuracyOf(model)(outputs, targets), outputs };
}

describe('an epoch', () => {
  it('is gradient, figures, hook, update, dev, best, log, in this order', async () => {
    const events: string[] = [];
    const name = (set: Matrix): string => (set.rows === 12 ? 'train' : 'dev');
    const optimiser: Optimiser = {
      name: 'traced',
      start: () => ({ stepInPlace: () => void events.push('step') }),
    };
    const runner = new Runner({
      ...parts,
      optimiser,
      method: changed(({ value, valueAndGrad }) => ({
        valueAndGrad: (params, batch, into, extra) => {
          events.push(`gradient ${name(batch.inputs)}`);
          return valueAndGrad(params, batch, into, extra);
        },
        value: (params, batch, extra) => {
          events.push(`value ${name(batch.inputs)}`);
          return value(params, batch, extra);
        },
      })),
      metric: (outputs) => {
        events.push(`score ${name(outputs)}`);
        return 0;
      },
    });
    await runner.train(train, dev, {
      ...quiet,
      epochs: 2,
      logEvery: 1,
      hook: () => void events.push('hook'),
      print: (line) => events.push(line.slice(0, 8)),
    });
    const epoch = ['gradient train', 'score train', 'hook', 'step', 'value dev', 'score dev'];
    expect(events).toEqual([
      ...['value train', 'score train', 'value dev', 'score dev'], // the sets fit: nothing recorded
      ...[...epoch, '[Evaluat', '[Train] '],
      ...[...epoch, '[Train] '], // no better: this optimiser does not move
    ]);
  });

  it('shows the hook fresh gradients, the weights before the update, and recorded figures', async () => {
    const runner = new Runner(parts);
    let expected = runner.params;
    let epochs = 0;
    await runner.train(train, dev, {
      ...quiet,
      epochs: 6,
      hook: async ({ epoch, loss, score, params, grads }) => {
        const fresh = await gradientAt(expected, train);
        expect(epoch).toBe(epochs++);
        expect(params).toEqual(expected);
        expect(grads).toEqual(fresh.grads); // of this epoch alone, to the bit
        expect({ loss, score }).toEqual({ loss: fresh.loss, score: fresh.score });
        const { history } = runner;
        expect([history.trainLoss.length, history.trainScore.length]).toEqual([epochs, epochs]);
        expect([history.trainLoss.at(-1), history.trainScore.at(-1)]).toEqual([loss, score]);
        expect([history.devLoss.length, history.devScore.length]).toEqual([epoch, epoch]);
        sgdStepInPlace(expected, fresh.grads, 0.5);
        expected = copyParams(expected);
      },
    });
    expect(epochs).toBe(6);
    expect(runner.params).toEqual(expected);
  });

  it('records train before the update and dev after it, one figure each', async () => {
    const runner = new Runner(parts);
    const before: Params[] = [];
    const hook = ({ params }: { params: Params }): void => void before.push(copyParams(params));
    await runner.train(train, dev, { ...quiet, epochs: 5, hook });
    const after = [...before.slice(1), runner.params];
    const trained = await Promise.all(before.map((params) => gradientAt(params, train)));
    const judged = await Promise.all(after.map((params) => gradientAt(params, dev)));
    expect(runner.history).toEqual({
      trainLoss: trained.map(({ loss }) => loss),
      trainScore: trained.map(({ score }) => score),
      devLoss: judged.map(({ loss }) => loss),
      devScore: judged.map(({ score }) => score),
    });
  });

  it('waits for a hook that takes its time', async () => {
    const runner = new Runner(parts);
    const start = runner.params;
    const seen: Params[] = [];
    const hook = async ({ params }: { params: Params }): Promise<void> => {
      await new Promise((later) => setTimeout(later, 1));
      seen.push(copyParams(params));
    };
    await runner.train(train, dev, { ...quiet, epochs: 1, hook });
    expect(seen).toEqual([start]);
    expect(runner.params).not.toEqual(start);
  });

  it('in which the hook throws ends the training, before the update and without the bar', async () => {
    const runner = new Runner(parts);
    const start = runner.params;
    const drawn: string[] = [];
    const bar = { at: () => void drawn.push('at'), done: () => void drawn.push('done') };
    const hook = ({ epoch }: { epoch: number }): void => {
      if (epoch === 1) throw new Error('enough');
    };
    const training = runner.train(train, dev, { ...quiet, epochs: 3, hook, bar });
    await expect(training).rejects.toThrow('enough');
    sgdStepInPlace(start, (await gradientAt(start, train)).grads, 0.5);
    expect(runner.params).toEqual(start); // one step, of epoch 0
    expect(drawn.at(-1)).toBe('done');
    expect(drawn.filter((call) => call === 'at').length).toBe(1);
  });

  it.each([
    ['the hook', { hook: 'throws' }],
    ['the optimiser', { step: 'throws' }],
    ['the metric, on dev', { dev: 'throws' }],
  ])('that %s ends leaves no trace in the histories', async (_, fault) => {
    const [runner, good] = [new Runner(faulty(fault, 3)), new Runner(parts)];
    const throwAt3 = ({ epoch }: { epoch: number }): void => {
      if ('hook' in fault && epoch === 3) throw new Error('enough');
    };
    const training = runner.train(train, dev, { ...quiet, epochs: 9, hook: throwAt3 });
    await expect(training).rejects.toThrow('enough');
    await good.train(train, dev, { ...quiet, epochs: 3 });
    expect(runner.history).toEqual(good.history);
    expect(good.history.devScore.length).toBe(3);
  });

  /** Parts of which one throws in this epoch, where the fault says so. */
  function faulty(fault: object, at: number): RunnerParts {
    let [steps, judged] = [0, -1]; // dev is judged once before the first epoch
    const start: Optimiser['start'] = (...what) => {
      const { stepInPlace } = parts.optimiser.start(...what);
      return {
        stepInPlace: (params, grads) => {
          if ('step' in fault && steps++ === at) throw new Error('enough');
          stepInPlace(params, grads);
        },
      };
    };
    const metric: RunnerParts['metric'] = (outputs, targets) => {
      if ('dev' in fault && outputs.rows === 7 && judged++ === at) throw new Error('enough');
      return accuracyOf(model)(outputs, targets);
    };
    return { ...parts, optimiser: { name: 'faulty', start }, metric };
  }

  it('has the bar wiped before the hook, which may print', async () => {
    const calls: string[] = [];
    const bar = { at: () => void calls.push('at'), done: () => void calls.push('done') };
    const hook = (): void => void calls.push('hook');
    await new Runner(parts).train(train, dev, { ...quiet, epochs: 2, hook, bar });
    expect(calls).toEqual(['done', 'hook', 'at', 'done', 'hook', 'at', 'done']);
  });
});

describe('train', () => {
  it('twice goes on where it was: histories grow, the best is of the latest', async () => {
    const [once, twice] = [new Runner(parts), new Runner(parts)];
    await once.train(train, dev, { ...quiet, epochs: 5 });
    await twice.train(train, dev, { ...quiet, epochs: 3 });
    await twice.train(train, dev, { ...quiet, epochs: 2 });
    expect(twice.history).toEqual(once.history);
    expect(twice.params).toEqual(once.params);
    expect(twice.best?.epoch).toBeLessThan(2);
  });

  it('of a runner that trains already is refused, and the first goes on', async () => {
    const [runner, alone] = [new Runner(parts), new Runner(parts)];
    const options = { ...quiet, epochs: 3 };
    const [first, second] = [runner.train(train, dev, options), runner.train(train, dev, options)];
    await expect(second).rejects.toThrow(
      new Error('train: this runner is training already; await that first'),
    );
    await first;
    await alone.train(train, dev, options);
    expect(state(runner)).toEqual(state(alone));
    await runner.train(train, dev, options); // it ended
    const hook = (): void => {
      throw new Error('enough');
    };
    await expect(runner.train(train, dev, { ...options, hook })).rejects.toThrow('enough');
    await runner.train(train, dev, options); // and so did that
  });

  it('of several outputs needs a metric of its own unless their targets are classes', async () => {
    const several = mlp([2, 3, 2]);
    const targets = zeros(12, 2);
    const set = { inputs: train.inputs, targets };
    const runner = new Runner({ ...parts, model: several });
    await expect(runner.train(set, set, { ...quiet, epochs: 1 })).rejects.toThrow(
      'accuracy labels: got shape 12×2, expected 12 or 12×1; nothing is broadcast, and other targets need another metric',
    );
    expect(runner.params).toEqual(initialise(several.layout));
    const metric = (outputs: Matrix): number => -Math.hypot(...outputs.data);
    const able = new Runner({ ...parts, model: several, metric });
    await able.train(set, set, { ...quiet, epochs: 2 });
    expect(able.history.devScore[1]).toBeGreaterThan(able.history.devScore[0]!);
  });

  it('without epochs does nothing, the best model stays too', async () => {
    const runner = new Runner(parts);
    const lines: string[] = [];
    const nothing: TrainOptions = { savePath: '/no/such/folder/x', print: (l) => lines.push(l) };
    await runner.train(train, dev, nothing);
    expect(state(runner)).toEqual(state(new Runner(parts)));
    await runner.train(train, dev, { ...quiet, epochs: 2 });
    const before = state(runner);
    await runner.train(train, dev, nothing);
    expect(state(runner)).toEqual(before);
    expect(before.best).not.toBeNull();
    expect(lines).toEqual([]);
  });

  it('with options null, or without sets, is one clear error', async () => {
    const runner = new Runner(parts);
    const bare = runner.train as (...given: unknown[]) => Promise<void>;
    await expect(bare.call(runner, train, dev, null)).rejects.toThrow(
      new TypeError('train: got null, expected { epochs, logEvery, savePath, hook, print, bar }'),
    );
    await expect(bare.call(runner)).rejects.toThrow(
      new TypeError('train set: got undefined, expected { inputs, targets }'),
    );
    await expect(runner.evaluate([] as unknown as Batch)).rejects.toThrow(
      new TypeError('set: got an array of 0, expected { inputs, targets }'),
    );
  });

  it('takes labels [N] as it takes [N, 1], to the bit, and arrays as it takes matrices', async () => {
    const flat = ({ inputs, targets }: Batch, form: (labels: number[]) => ArrayLike<number>) => ({
      inputs: Array.from({ length: inputs.rows }, (_, i) => inputs.data.subarray(2 * i, 2 * i + 2)),
      targets: form(Array.from(targets.data)),
    });
    const expected = new Runner(parts);
    await expected.train(train, dev, { ...quiet, epochs: 4 });
    const forms: ((labels: number[]) => ArrayLike<number>)[] = [
      (labels) => labels,
      (labels) => Float64Array.from(labels),
      (labels) => Float32Array.from(labels),
      (labels) => Int8Array.from(labels),
    ];
    for (const form of forms) {
      const runner = new Runner(parts);
      await runner.train(flat(train, form), flat(dev, form), { ...quiet, epochs: 4 });
      expect(state(runner)).toEqual(state(expected));
      expect(await runner.evaluate(flat(dev, form))).toEqual(await expected.evaluate(dev));
    }
  });

  it('logs epoch 0 and every hundredth unless said', async () => {
    const lines: string[] = [];
    const options = { epochs: 101, savePath: null, print: (line: string) => lines.push(line) };
    const runner = new Runner(parts);
    await runner.train(train, dev, options);
    const [first, last] = [runner.history.trainLoss[0], runner.history.trainLoss[100]];
    expect(lines.filter((line) => line.startsWith('[Train]'))).toEqual([
      `[Train] epoch: 0/101, loss: ${first}`,
      `[Train] epoch: 100/101, loss: ${last}`,
    ]);
    expect(lines[0]).toMatch(/^\[Evaluate\] best score \(loss\): −∞ → \d\.\d{5} \(\d\.\d{5}\)$/);
  });

  it.each([0, null])('logEvery %j is silent', async (logEvery) => {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    await new Runner(parts).train(train, dev, { ...quiet, epochs: 3, logEvery, print });
    expect(lines).toEqual([]);
  });

  const wide = { inputs: zeros(12, 3), targets: zeros(12, 1) };
  const empty = { inputs: zeros(0, 2), targets: zeros(0, 1) };
  const soft = { inputs: zeros(1, 2), targets: matrixOf([[0.25]]) };
  const nan = { inputs: matrixOf([[0, Number.NaN]]), targets: zeros(1, 1) };
  const short = { inputs: zeros(2, 2), targets: zeros(1, 1) };
  it.each<[string, unknown, unknown, object, string]>([
    ['train', wide, dev, {}, 'batch inputs: got shape 12×3, expected 12×2 for 2-3-1'],
    ['dev', train, wide, {}, 'batch inputs: got shape 12×3, expected 12×2 for 2-3-1'],
    ['empty', empty, dev, {}, 'batch rows: got 0, expected a positive integer'],
    ['empty dev', train, empty, {}, 'batch rows: got 0, expected a positive integer'],
    ['no class', soft, dev, {}, 'accuracy labels[0]: got 0.25, expected a class 0 to 1'],
    ['no class in dev', train, soft, {}, 'accuracy labels[0]: got 0.25, expected a class 0 to 1'],
    ['NaN', nan, dev, {}, 'batch inputs[0,1]: got NaN, expected a finite number'],
    ['few targets', short, dev, {}, 'batch targets: got shape 1×1, expected 2×1 for 2-3-1'],
    [
      'a pair',
      [train.inputs, train.targets],
      dev,
      {},
      'train set: got an array of 2, expected { in',
    ],
    ['no set', undefined, dev, {}, 'train set: got undefined, expected { inputs, targets }'],
    ['no dev', train, undefined, {}, 'dev set: got undefined, expected { inputs, targets }'],
    ['option', train, dev, { logEpochps: 50 }, 'train: unknown option "logEpochps"; there are '],
  ])('%s that does not fit is refused before anything is changed', async (...row) => {
    const [, badTrain, badDev, options, message] = row;
    const runner = new Runner(parts);
    await runner.train(train, dev, { ...quiet, epochs: 2 });
    const before = state(runner);
    // As JavaScript might call it.
    const [a, b] = [badTrain, badDev] as [Batch, Batch];
    const training = runner.train(a, b, { ...quiet, epochs: 2, ...options });
    await expect(training).rejects.toThrow(message);
    expect(state(runner)).toEqual(before);
  });
});

/** All that a runner shows, copied. */
const state = (runner: Runner) =>
  structuredClone({
    params: runner.params.values,
    history: runner.history,
    best: runner.best && { ...runner.best, params: runner.best.params.values },
  });

describe('evaluate', () => {
  it('is score and loss, and only train writes histories', async () => {
    const runner = new Runner(parts);
    await runner.train(train, dev, { ...quiet, epochs: 2 });
    const before = state(runner);
    const { loss, score } = await gradientAt(runner.params, dev);
    expect(await runner.evaluate(dev)).toEqual({ loss, score });
    expect(await runner.evaluate(dev)).toEqual({
      loss: runner.history.devLoss.at(-1),
      score: runner.history.devScore.at(-1),
    });
    expect(state(runner)).toEqual(before);
  });

  it('computes no gradients: a method that cannot still evaluates and predicts', async () => {
    const valueAndGrad = (): never => {
      throw new Error('a gradient');
    };
    const [able, unable] = [parts, { ...parts, method: changed(() => ({ valueAndGrad })) }].map(
      (given) => new Runner(given),
    );
    expect(await unable!.evaluate(dev)).toEqual(await able!.evaluate(dev));
    expect(await unable!.predict(dev.inputs)).toEqual(await able!.predict(dev.inputs));
    await expect(unable!.train(train, dev, { ...quiet, epochs: 1 })).rejects.toThrow('a gradient');
  });

  it('of a method without a value is the definition’s, the same within rounding', async () => {
    const method = changed(() => ({
      value: null,
      valueAndGrad: () => {
        throw new Error('a gradient');
      },
    }));
    const [own, defined] = [new Runner(parts), new Runner({ ...parts, method })];
    const [a, b] = [await own.evaluate(dev), await defined.evaluate(dev)];
    expect(b.score).toBe(a.score);
    expect(b.loss).toBeCloseTo(a.loss, 14);
    const outputs = await defined.predict(dev.inputs);
    (await own.predict(dev.inputs)).data.forEach((output, i) => {
      expect(outputs.data[i]).toBeCloseTo(output, 14);
    });
    const bad = { inputs: zeros(7, 3), targets: zeros(7, 1) };
    await expect(defined.evaluate(bad)).rejects.toThrow('batch inputs: got shape 7×3');
  });

  it('takes the metric and the loss that it was given', async () => {
    const loss = { kind: 'mse', reduction: 'sum' } as const;
    const metric = (outputs: Matrix): number => -outputs.data[0]!;
    const runner = new Runner({ ...parts, loss, metric });
    const { data } = await runner.predict(dev.inputs);
    const found = await runner.evaluate(dev);
    expect(found.score).toBe(-data[0]!);
    expect(found.loss).toBeCloseTo(
      Array.from(data).reduce((sum, p, i) => sum + (p - dev.targets.data[i]!) ** 2, 0),
      13,
    );
    await runner.train(train, dev, { ...quiet, epochs: 1 });
    expect(runner.history.trainLoss[0]).toBeGreaterThan(1); // a sum over 12
  });
});

it('the accuracy follows the loss that was given: a logit of 0.25 is class 1', async () => {
  const linear = mlp([2, 1], { output: 'identity', loss: 'mse' });
  const params = zeroParams(linear.layout);
  params.values.set([0, 0, 0.25]);
  const set = { inputs: zeros(1, 2), targets: matrixOf([[1]]) };
  const loss = { kind: 'bce_with_logits', reduction: 'mean' } as const;
  const of = (given: object) => new Runner({ ...parts, model: linear, params, ...given });
  expect((await of({}).evaluate(set)).score).toBe(0); // mse takes values, and halves at 0.5
  expect((await of({ loss }).evaluate(set)).score).toBe(1);
});

describe('predict', () => {
  it('is the network’s outputs, for any number of rows', async () => {
    const runner = new Runner(parts);
    const { outputs } = await gradientAt(runner.params, train);
    expect(await runner.predict(train.inputs)).toEqual(outputs);
    const one = { rows: 1, cols: 2, data: train.inputs.data.subarray(0, 2) };
    expect([...(await runner.predict(one)).data]).toEqual([outputs.data[0]]);
    expect(await runner.predict([Array.from(one.data)])).toEqual(await runner.predict(one));
  });

  it('touches nothing, in the middle of an epoch either, and gives memory of its own', async () => {
    const runner = new Runner(parts);
    const before = state(runner);
    const inputs = copyMatrix(train.inputs);
    const first = await runner.predict(train.inputs);
    first.data.fill(9);
    expect((await runner.predict(train.inputs)).data).not.toEqual(first.data);
    expect(state(runner)).toEqual(before);
    expect(train.inputs).toEqual(inputs);

    const disturbed = new Runner({ ...parts, method: methods['replay-fused'] });
    const plain = new Runner({ ...parts, method: methods['replay-fused'] });
    const hook = async (): Promise<void> => {
      await disturbed.predict(dev.inputs);
      await disturbed.predict(train.inputs);
      await disturbed.evaluate(train);
    };
    await disturbed.train(train, dev, { ...quiet, epochs: 3, hook });
    await plain.train(train, dev, { ...quiet, epochs: 3 });
    expect(state(disturbed)).toEqual(state(plain));
  });

  it('needs no targets, whatever the loss', async () => {
    for (const loss of ['bce', 'bce_with_logits', 'cross_entropy', 'mse'] as const) {
      const runner = new Runner({ ...parts, model: mlp([2, 3], { loss }) });
      expect((await runner.predict(dev.inputs)).cols).toBe(3);
    }
  });

  it('of another width, or of no row, is refused', async () => {
    const runner = new Runner(parts);
    await expect(runner.predict(zeros(3, 5))).rejects.toThrow(
      'batch inputs: got shape 3×5, expected 3×2 for 2-3-1',
    );
    await expect(runner.predict(zeros(0, 2))).rejects.toThrow('batch rows: got 0');
  });
});

describe('the best model', () => {
  /** Dev scores as given, one an epoch; the loss falls at every epoch, unless the rate is 0. */
  async function bestOf(scores: readonly number[], learningRate = 0.5) {
    const lines: string[] = [];
    let epoch = -1; // dev is judged once before the first
    const runner = new Runner({
      ...parts,
      optimiser: sgd({ learningRate }),
      metric: (outputs) => (outputs.rows === 12 ? 0 : (scores[epoch++] ?? 0)),
    });
    const options = { ...quiet, epochs: scores.length, logEvery: 1000 };
    const after: Params[] = [];
    const hook = ({ params }: { params: Params }): void => void after.push(copyParams(params));
    await runner.train(train, dev, { ...options, hook, print: (line) => lines.push(line) });
    after.push(runner.params);
    const { best, history } = runner;
    const found = lines.filter((line) => line.startsWith('[Evaluate]'));
    return { best, history, lines: found, params: best && after[best.epoch + 1] };
  }

  it('is the first where every score is 0: best starts at −∞', async () => {
    const { best, lines, params } = await bestOf([0]);
    expect(best?.epoch).toBe(0);
    expect(best?.params).toEqual(params);
    expect(lines.length).toBe(1);
  });

  it('has the highest score; of equal ones the lowest loss; NaN never wins', async () => {
    const scores = [-3, 0.5, 0.5, 0.9, Number.NaN, 0.9, 0.2, Number.NaN];
    const { best, lines, history, params } = await bestOf(scores);
    const loss = history.devLoss;
    expect(history.devScore).toEqual(scores);
    expect(loss.toSorted((a, b) => b - a)).toEqual(loss); // it fell, as this test needs
    expect(best).toEqual({ epoch: 5, score: 0.9, loss: loss[5], params });
    const text = (e: number): string => `${scores[e]!.toFixed(5)} (${loss[e]!.toFixed(5)})`;
    expect(lines).toEqual([
      `[Evaluate] best score (loss): −∞ → ${text(0)}`,
      `[Evaluate] best score (loss): ${text(0)} → ${text(1)}`,
      `[Evaluate] best score (loss): ${text(1)} → ${text(2)}`,
      `[Evaluate] best score (loss): ${text(2)} → ${text(3)}`,
      `[Evaluate] best score (loss): ${text(3)} → ${text(5)}`,
    ]);
  });

  it('is the first of those that are equal in score and loss', async () => {
    expect((await bestOf([0.5, 0.5, 0.5], 0)).best?.epoch).toBe(0);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'is none whose loss is %d, not even where there is no other',
    async (bad) => {
      const losses = [bad, 0.5, bad]; // after the one that looks whether the sets fit
      let judged = -1;
      const method = changed(({ value }) => ({
        value: (params, batch, extra) => {
          const loss = value(params, batch, extra);
          return batch.inputs.rows === 7 ? (losses[judged++] ?? loss) : loss;
        },
      }));
      const lines: string[] = [];
      const runner = new Runner({ ...parts, method, metric: () => 1 });
      const print = (line: string): void => void lines.push(line);
      await runner.train(train, dev, { ...quiet, epochs: 3, logEvery: 9, print });
      expect(runner.history.devLoss).toEqual(losses);
      expect(runner.best).toMatchObject({ epoch: 1, loss: 0.5 });
      expect(lines).toContain('[Evaluate] best score (loss): −∞ → 1.00000 (0.50000)');
      expect(lines.filter((line) => line.startsWith('[Evaluate]')).length).toBe(1);
    },
  );

  it('does not exist where every score is NaN, nor before the first training', async () => {
    expect((await bestOf([Number.NaN, Number.NaN])).best).toBeNull();
    expect(new Runner(parts).best).toBeNull();
  });

  it('is of the latest training: a worse one forgets a better one before it', async () => {
    let score = 0.9;
    const runner = new Runner({ ...parts, metric: () => score });
    await runner.train(train, dev, { ...quiet, epochs: 2 });
    expect(runner.best?.score).toBe(0.9);
    score = 0.1;
    await runner.train(train, dev, { ...quiet, epochs: 1 });
    expect(runner.best?.score).toBe(0.1);
    score = Number.NaN;
    await runner.train(train, dev, { ...quiet, epochs: 1 });
    expect(runner.best).toBeNull();
  });

  it('is kept as it was: later epochs do not move it', async () => {
    const { best, params } = await bestOf([1, 0, 0, 0]);
    expect(best?.epoch).toBe(0);
    expect(best?.params).toEqual(params);
  });
});

describe('what a runner is built from', () => {
  it('an unknown part is an error: "optimizer" does not vanish', () => {
    const { optimiser: optimizer, ...rest } = parts;
    expect(() => new Runner({ ...rest, optimizer } as object as RunnerParts)).toThrow(
      'runner: unknown option "optimizer"; there are model, optimiser, method, metric, loss, params',
    );
  });

  const names = Object.keys(methods).join(', ');
  it.each<[object | null, string]>([
    [{}, 'runner model: got undefined, expected a model, such as mlp([2, 5, 1])'],
    [{ ...parts, model: [2, 5, 1] }, 'runner model: got an object, expected a model'],
    [{ ...parts, optimiser: undefined }, 'runner optimiser: got undefined, expected an optimiser'],
    [{ ...parts, optimiser: sgd }, 'runner optimiser: got a function, expected an optimiser'],
    [{ ...parts, method: undefined }, `runner method: got undefined, expected methods[NAME]`],
    [{ model, optimiser: parts.optimiser }, `where NAME is one of ${names}`],
    [{ ...parts, method: 'manual' }, `runner method: got "manual", expected methods[NAME], where`],
    [{ ...parts, metric: 'accuracy' }, 'runner metric: got "accuracy", expected a function'],
    [{ ...parts, loss: 'mse' }, 'runner loss: got "mse", expected a loss with its reduction'],
    [{ ...parts, params: {} }, 'runner params: got an object, expected params'],
    [null, 'runner: got null, expected { model, optimiser, method, metric, loss, params }'],
  ])('%j is refused when it is built', (given, message) => {
    expect(() => new Runner(given as RunnerParts)).toThrow(message);
  });

  it('params are copied, in and out', async () => {
    const params = initialise(model.layout, { seed: 7 });
    const runner = new Runner({ ...parts, params });
    expect(runner.params).toEqual(params);
    await runner.train(train, dev, { ...quiet, epochs: 1 });
    expect(params).toEqual(initialise(model.layout, { seed: 7 }));
    expect(runner.params).not.toEqual(params);
    runner.params.values.fill(0);
    expect(runner.params.values[0]).not.toBe(0);
  });

  it('params are PyTorch’s default of seed 0 unless given; those of another model are refused', () => {
    expect(new Runner(parts).params).toEqual(initialise(model.layout));
    const params = initialise(mlp([2, 4, 1]).layout);
    expect(() => new Runner({ ...parts, params })).toThrow(
      'runner params: slot 0 is fc1.weight [4,2], expected fc1.weight [3,2]',
    );
  });

  it('float32 params make everything float32', async () => {
    const params = initialise(model.layout, { dtype: 'float32' });
    const optimiser: Optimiser = {
      name: 'seen',
      start: (layout, dtype) => {
        expect(dtype).toBe('float32');
        return sgd({ learningRate: 0.5 }).start(layout, dtype);
      },
    };
    const runner = new Runner({ ...parts, params, optimiser });
    const hook = ({ grads }: { grads: Params }): void =>
      expect(grads.values).toBeInstanceOf(Float32Array);
    await runner.train(train, dev, { ...quiet, epochs: 2, hook });
    expect(runner.params.values).toBeInstanceOf(Float32Array);
    expect((await runner.predict(dev.inputs)).data).toBeInstanceOf(Float32Array);
    expect(runner.best?.params.values).toBeInstanceOf(Float32Array);
    for (const loss of runner.history.trainLoss) expect(Math.fround(loss)).toBe(loss);
  });

  it('a method that cannot do it is an error that says which and why', async () => {
    const runner = new Runner({ ...parts, method: recordedMethod([]) });
    await expect(runner.evaluate(dev)).rejects.toThrow(
      /^pytorch cannot train 2-3-1: no PyTorch values are recorded for /,
    );
  });

  it('a method is prepared once for each number of rows', async () => {
    let count = 0;
    const method = changed(
      () => ({}),
      () => count++,
    );
    const runner = new Runner({ ...parts, method });
    await runner.train(train, dev, { ...quiet, epochs: 4 });
    await runner.evaluate(train);
    await runner.predict(dev.inputs);
    expect(count).toBe(2);
  });

  it('the optimiser’s state is of this model: one made for another throws at the step', async () => {
    const momentum = sgd({ learningRate: 0.5, momentum: 0.9 });
    const foreign: Optimiser = {
      name: 'foreign',
      start: (_, dtype) => momentum.start(mlp([2, 4, 1]).layout, dtype),
    };
    const runner = new Runner({ ...parts, optimiser: foreign });
    await expect(runner.train(train, dev, { ...quiet, epochs: 1 })).rejects.toThrow(
      'sgd params: slot 0 is fc1.weight [3,2], expected fc1.weight [4,2]',
    );
    expect(runner.params).toEqual(initialise(model.layout));
  });

  it('two runners that share an optimiser share no state', async () => {
    const optimiser = sgd({ learningRate: 0.5, momentum: 0.9 });
    const [first, second, alone] = [0, 1, 2].map(() => new Runner({ ...parts, optimiser }));
    const options = { ...quiet, epochs: 3 };
    await alone!.train(train, dev, options);
    await Promise.all([first!.train(train, dev, options), second!.train(train, dev, options)]);
    expect(state(first!)).toEqual(state(alone!));
    expect(state(second!)).toEqual(state(alone!));
  });
});
