import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { methods } from '../../src/gradients/methods.ts';
import { mlp } from '../../src/model/model.ts';
import type { Dtype } from '../../src/numeric/dtype.ts';
import type { Tensor } from '../../src/numeric/tensor.ts';
import { initialise } from '../../src/params/initialise.ts';
import { type Params, slotValues } from '../../src/params/params.ts';
import { readSafetensors, writeSafetensors, writeTensors } from '../../src/params/safetensors.ts';
import { moons } from '../../src/training/moons.ts';
import { Runner } from '../../src/training/runner.ts';
import { sgd } from '../../src/training/sgd.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-'));
  path = join(folder, 'model.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

const model = mlp([2, 3, 1]);
const train = moons({ samples: 12, seed: 1 });
const dev = moons({ samples: 7, seed: 2 });

const runnerOf = (params: Params, of = model): Runner =>
  new Runner({
    model: of,
    optimiser: sgd({ learningRate: 0.5 }),
    method: methods['manual-fused'],
    params,
  });
const seeded = (seed: number, dtype: Dtype = 'float64'): Params =>
  initialise(model.layout, { seed, dtype });

describe('saveModel and loadModel', () => {
  it.each(['float64', 'float32'] as const)(
    '%s: what was saved is loaded, to the bit',
    async (d) => {
      const [from, to] = [runnerOf(seeded(1, d)), runnerOf(seeded(2, d))];
      await from.saveModel(path);
      await to.loadModel(path);
      expect(to.params).toEqual(from.params);
      expect(await to.evaluate(dev)).toEqual(await from.evaluate(dev));
      expect(await readdir(folder)).toEqual(['model.safetensors']);
    },
  );

  it('a float64 runner widens a float32 file, which is exact', async () => {
    await runnerOf(seeded(1, 'float32')).saveModel(path);
    const runner = runnerOf(seeded(2));
    await runner.loadModel(path);
    expect(runner.params.values).toEqual(Float64Array.from(seeded(1, 'float32').values));
  });

  it('the best model is saved before it is announced, and loads with its score', async () => {
    const runner = runnerOf(seeded(1));
    const announced: (Params | null)[] = [];
    const found: Params[] = [];
    const print = (line: string): void => {
      if (!line.startsWith('[Evaluate]')) return;
      announced.push(savedAt(path));
      found.push(runner.best!.params);
    };
    await runner.train(train, dev, { epochs: 8, savePath: path, print });
    expect(found.length).toBeGreaterThan(1);
    expect(announced).toEqual(found);

    const { best } = runner;
    const judge = runnerOf(seeded(2));
    await judge.loadModel(path);
    expect(judge.params).toEqual(best!.params);
    expect(await judge.evaluate(dev)).toEqual({ score: best!.score, loss: best!.loss });
  });

  /** The parameters that the file holds now, null where there is none. */
  function savedAt(file: string): Params | null {
    if (!existsSync(file)) return null;
    const read = readSafetensors(readFileSync(file), model.layout);
    return read.kind === 'params' ? read.params : null;
  }

  it('a training that diverges saves nothing after its last finite loss', async () => {
    const linear = mlp([2, 1], { output: 'identity', loss: 'mse' });
    const params = initialise(linear.layout);
    const optimiser = sgd({ learningRate: 1e200 });
    const method = methods['manual-fused'];
    const runner = new Runner({ model: linear, params, optimiser, method, metric: () => 1 });
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    await runner.train(train, dev, { epochs: 4, savePath: path, print });
    expect(runner.history.devLoss.some(Number.isFinite)).toBe(false);
    expect(runner.best).toBeNull();
    expect(existsSync(path)).toBe(false);
    expect(lines.some((line) => line.startsWith('[Evaluate]'))).toBe(false);
  });

  it('a model whose score is 0 everywhere is saved; one whose score is NaN is not', async () => {
    for (const score of [Number.NaN, 0]) {
      const runner = new Runner({
        model,
        optimiser: sgd({ learningRate: 0.5 }),
        method: methods['manual-fused'],
        metric: () => score,
      });
      await runner.train(train, dev, { epochs: 1, savePath: path, logEvery: 0 });
      expect(existsSync(path)).toBe(score === 0);
    }
  });
});

describe('a file that is not this model’s', () => {
  const whole = writeSafetensors(seeded(1));
  const tensors = (of: Params): { [name: string]: Tensor } =>
    Object.fromEntries(
      of.layout.slots.map(({ name, shape }) => [name, { shape, values: slotValues(of, name) }]),
    );
  const { 'fc2.bias': _, ...missing } = tensors(seeded(1));
  const extra = { ...tensors(seeded(1)), 'fc3.bias': { shape: [1], values: new Float64Array(1) } };

  /** One line that names the file, and the model as it was, to the bit. */
  async function expectRefused(runner: Runner, message: string | RegExp): Promise<void> {
    const before = runner.params;
    const error: unknown = await runner.loadModel(path).then(
      () => null,
      (thrown) => thrown,
    );
    if (!(error instanceof Error)) throw new Error('loaded, expected an error');
    expect(error.message).toContain(path);
    expect(error.message).not.toContain('\n');
    expect(error.message).toMatch(message);
    expect(runner.params).toEqual(before);
    expect(await readdir(folder)).toEqual(existsSync(path) ? ['model.safetensors'] : []);
  }
  const PARTS = /: .+: got .+, expected .+$/;

  it('cut anywhere, it is refused in one line, and the model stays', async () => {
    const runner = runnerOf(seeded(2));
    for (let length = 0; length < whole.length; length++) {
      await writeFile(path, whole.subarray(0, length));
      await expectRefused(runner, PARTS);
    }
    await writeFile(path, whole);
    await runner.loadModel(path);
    expect(runner.params).toEqual(seeded(1)); // the whole one is good
  });

  it.each<[string, Uint8Array | string]>([
    ['JSON', JSON.stringify({ epoch: 3, loss: 0.25 })],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['a zip, as torch.save writes', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0, 0, 0)],
    ['text of more lines', 'fc1.weight\n0.5\n'.repeat(40)],
    ['nothing', ''],
    ['zeros', new Uint8Array(400)],
  ])('foreign (%s), it is refused in one line, and the model stays', async (_what, data) => {
    await writeFile(path, data);
    await expectRefused(runnerOf(seeded(2)), PARTS);
  });

  it.each<[string, Uint8Array, string]>([
    [
      'wider',
      writeSafetensors(initialise(mlp([2, 4, 1]).layout)),
      '"fc1.weight" shape: got [4,2], expected [3,2]',
    ],
    [
      'deeper',
      writeSafetensors(initialise(mlp([2, 3, 1, 1]).layout)),
      'file: got extra tensor "fc3.bias", expected fc1.weight, fc1.bias, fc2.weight, fc2.bias',
    ],
    ['without a tensor', writeTensors(missing), 'expected "fc2.bias" too'],
    ['with one more', writeTensors(extra), 'file: got extra tensor "fc3.bias"'],
  ])('of a network that is %s, likewise', async (_what, bytes, message) => {
    await writeFile(path, bytes);
    await expectRefused(runnerOf(seeded(2)), new RegExp(`${literal(message)}`));
  });

  it('with a tensor twice, likewise', async () => {
    const text = new TextDecoder('latin1').decode(whole); // one character a byte, both ways
    await writeFile(path, Buffer.from(text.replace('fc2.bias', 'fc1.bias'), 'latin1'));
    await expectRefused(runnerOf(seeded(2)), /: header: got "fc1\.bias" twice, expected each name/);
  });

  it('of float64, it is refused by a float32 runner: it would be rounded', async () => {
    await writeFile(path, whole);
    await expectRefused(
      runnerOf(seeded(2, 'float32')),
      /"fc\d\.\w+" dtype: got F64, expected F32: narrowing to float32 would round$/,
    );
  });

  it('JSON, it says that it is no safetensors file, and no giant length', async () => {
    await writeFile(path, JSON.stringify({ epoch: 3, loss: 0.25 }));
    await expectRefused(
      runnerOf(seeded(2)),
      /: file: got one that begins with "\{\\"epoch\\"", expected a safetensors file/,
    );
  });

  it('missing, it is one line that names it', async () => {
    await expectRefused(runnerOf(seeded(2)), 'got no file, expected a safetensors file');
  });
});

const literal = (text: string): string => text.replace(/[[\]".]/g, '\\$&');

it('params that were loaded are where training goes on', async () => {
  await writeFile(path, writeSafetensors(seeded(5)));
  const [loaded, direct] = [runnerOf(seeded(2)), runnerOf(seeded(5))];
  await loaded.loadModel(path);
  const options = { epochs: 3, savePath: null, logEvery: null };
  await loaded.train(train, dev, options);
  await direct.train(train, dev, options);
  expect(loaded.history).toEqual(direct.history);
  const saved = readSafetensors(await readFile(path), model.layout);
  expect(saved.kind === 'params' && saved.params).toEqual(seeded(5)); // loading writes nothing
});
