import { createRequire } from 'node:module';
import { createContext, Script } from 'node:vm';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import * as entry from '../src/index.ts';

test('the main entry bundles for a browser, differentiates and trains a 2-5-1 network without Node', async () => {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/index.ts', name: 'backproof', formats: ['iife'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [bundle] = [output].flat() as Rolldown.RolldownOutput[]; // not watching
  const { code } = bundle!.output[0];

  // A context of its own has the language and nothing else: no process, require or Buffer.
  const context = createContext({});
  expect(
    new Script('[typeof process, typeof require, typeof Buffer].join()').runInContext(context),
  ).toBe('undefined,undefined,undefined');
  new Script(`${code};globalThis.backproof = backproof`).runInContext(context);
  const norm = await new Script(`(async () => {
    const { methods, mlp, initialise, zeroParams, zeros } = backproof;
    const model = mlp([2, 5, 1]);
    const inputs = zeros(1, 2);
    inputs.data.set([0.3, -0.7]);
    const batch = { inputs, targets: zeros(1, 1) };
    const gradients = [];
    for (const name of ['manual-fused', 'tape-fused', 'complex-step', 'exact']) {
      const prepared = await methods[name].prepare(model, { rows: 1 });
      const into = zeroParams(model.layout);
      prepared.run.valueAndGrad(initialise(model.layout), batch, into);
      gradients.push(Math.hypot(...into.values));
    }
    return gradients.join();
  })()`).runInContext(context);
  const [manual, ...others] = String(norm).split(',').map(Number);
  expect(manual).toBeGreaterThan(0.1);
  for (const other of others) expect(Math.abs(other / manual! - 1)).toBeLessThan(1e-14);

  const figures = await new Script(`(async () => {
    const { methods, mlp, moonsSplit, Runner, sgd } = backproof;
    const { train, dev, test } = moonsSplit();
    const parts = { model: mlp([2, 5, 1]), optimiser: sgd({ learningRate: 0.2 }) };
    const runner = new Runner({ ...parts, method: methods['manual-fused'] });
    await runner.train(train, dev, { epochs: 3, savePath: null, logEvery: 0 });
    return [...runner.history.trainLoss, (await runner.evaluate(test)).loss].join();
  })()`).runInContext(context);
  const [first, , last, judged] = String(figures).split(',').map(Number);
  expect(last).toBeLessThan(first!);
  expect(judged).toBeGreaterThan(0);
});

test('CommonJS, as Jest without a transform, requires the same names, and checks a network', async () => {
  const required = createRequire(import.meta.url)('backproof') as typeof entry;
  expect(Object.keys(required).sort()).toEqual(Object.keys(entry).sort());
  const { checkModel, initialise, matrixOf, methods, mlp } = required;
  const model = mlp([2, 3, 1]);
  const batch = { inputs: matrixOf([[1, 2]]), targets: matrixOf([[1]]) };
  const params = initialise(model.layout);
  const found = await checkModel(model, params, batch, methods['manual-fused']!);
  expect(found.verdict).toBe('agrees');
});
