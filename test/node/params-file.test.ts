import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mlp } from '../../src/model/model.ts';
import { loadParams, saveParams } from '../../src/node/params-file.ts';
import { readFolder } from '../../src/node/read-folder.ts';
import { initialise } from '../../src/params/initialise.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { layout } = mlp([2, 5, 1]);

describe('saveParams and loadParams', () => {
  test.each(['float64', 'float32'] as const)('%s: what was saved is loaded', async (dtype) => {
    const path = join(folder, `${dtype}.safetensors`);
    const params = initialise(layout, { dtype });
    await saveParams(path, params, { note: 'seed 0' });
    expect(await loadParams(path, layout, dtype)).toEqual(params);
  });

  test('float32 is loaded as float64 unless float32 is asked for', async () => {
    const path = join(folder, 'narrow.safetensors');
    const params = initialise(layout, { dtype: 'float32' });
    await saveParams(path, params);
    const loaded = await loadParams(path, layout);
    expect(loaded.values).toEqual(Float64Array.from(params.values));
  });

  test('a PyTorch state_dict is loaded', async () => {
    const url = new URL('../fixtures/safetensors/torch-2-5-1-float64.safetensors', import.meta.url);
    expect((await loadParams(url.pathname, layout)).values.length).toBe(21);
  });

  test('a malformed file is an error that names it and says where, got, expected', async () => {
    const path = join(folder, 'bad.safetensors');
    await writeFile(path, 'bad');
    await expect(loadParams(path, layout)).rejects.toThrow(
      `${path}: file: got 3 bytes, expected at least 8`,
    );
    await saveParams(path, initialise(mlp([2, 4, 1]).layout));
    await expect(loadParams(path, layout)).rejects.toThrow(
      `${path}: "fc1.weight" shape: got [4,2], expected [5,2]`,
    );
  });

  test('a missing file is an error that names it', async () => {
    const path = join(folder, 'none.safetensors');
    await expect(loadParams(path, layout)).rejects.toThrow(
      `${path}: got no file, expected a safetensors file`,
    );
  });

  test('a folder is an error that names it', async () => {
    await expect(loadParams(folder, layout)).rejects.toThrow(
      `${folder}: got a folder, expected a safetensors file`,
    );
  });

  test('nothing but the files saved is left in the folder', async () => {
    const own = await mkdtemp(join(folder, 'own-'));
    await saveParams(join(own, 'once.safetensors'), initialise(layout));
    await saveParams(join(own, 'once.safetensors'), initialise(layout));
    expect(await readdir(own)).toEqual(['once.safetensors']);
  });
});

test('readFolder gives the files of one ending by name, in order, without the ending', async () => {
  await writeFile(join(folder, 'b.x'), 'B');
  await writeFile(join(folder, 'a.x'), 'A');
  await writeFile(join(folder, 'c.y'), 'C');
  const read = await readFolder(folder, '.x');
  const texts = [...read].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
  expect(texts).toEqual([
    ['a', 'A'],
    ['b', 'B'],
  ]);
});
