import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TrainOptions, trainOptions } from '../../src/training/train-options.ts';

/** What a caller without types may bring. */
const unchecked = (options: object): TrainOptions => options;

describe('trainOptions', () => {
  it('without any: 0 epochs, a line every 100, best_model.safetensors, no hook', async () => {
    const { epochs, logEvery, savePath, hook } = await trainOptions({});
    expect({ epochs, logEvery, savePath, hook }).toEqual({
      epochs: 0,
      logEvery: 100,
      savePath: 'best_model.safetensors',
      hook: null,
    });
  });

  it('what is given stays; undefined is as good as not given', async () => {
    const hook = (): void => {};
    const given = { epochs: 3, logEvery: 0, savePath: null, hook, print: hook, bar: null };
    expect(await trainOptions(given)).toEqual(given);
    const nothing = Object.fromEntries(Object.keys(given).map((name) => [name, undefined]));
    expect(JSON.stringify(await trainOptions(unchecked(nothing)))).toBe(
      JSON.stringify(await trainOptions({})),
    );
  });

  it('the bar is a terminal’s where files are saved, none where nothing is', async () => {
    expect(typeof (await trainOptions({})).bar?.at).toBe('function');
    expect(typeof (await trainOptions(unchecked({ bar: undefined }))).bar?.at).toBe('function');
    expect((await trainOptions({ bar: null })).bar).toBeNull();
    expect((await trainOptions({ savePath: null })).bar).toBeNull();
  });

  it('a path that cannot be written to is found out before the training, not after', async () => {
    const savePath = join(tmpdir(), 'no such folder', 'best.safetensors');
    await expect(trainOptions({ epochs: 1, savePath })).rejects.toThrow(
      `train savePath: cannot write to the folder ${dirname(savePath)} (ENOENT)`,
    );
    expect((await trainOptions({ savePath })).savePath).toBe(savePath); // 0 epochs save nothing
  });

  it.each([null, 50, 'quiet', []])('%j instead of options is an error', async (given) => {
    await expect(trainOptions(given as unknown as TrainOptions)).rejects.toThrow(
      /^train: got .*, expected \{ epochs, logEvery, savePath, hook, print, bar \}$/,
    );
  });

  it('an unknown option is an error that names it and the known ones', async () => {
    await expect(trainOptions(unchecked({ epochs: 1, logEpochps: 50 }))).rejects.toThrow(
      new TypeError(
        'train: unknown option "logEpochps"; there are epochs, logEvery, savePath, hook, print, bar',
      ),
    );
    await expect(trainOptions(unchecked({ toString: undefined }))).rejects.toThrow('"toString"');
  });

  it.each([
    [{ epochs: -1 }, 'train epochs: got -1, expected a whole number from 0 on'],
    [{ epochs: 1.5 }, 'train epochs: got 1.5, expected a whole number from 0 on'],
    [{ epochs: '10' }, 'train epochs: got "10", expected a whole number from 0 on'],
    [{ epochs: null }, 'train epochs: got null, expected a whole number from 0 on'],
    [{ epochs: Number.POSITIVE_INFINITY }, 'train epochs: got Infinity, expected a whole number'],
    [{ logEvery: 0.5 }, 'train logEvery: got 0.5, expected a whole number from 0 on, or null'],
    [{ logEvery: Number.NaN }, 'train logEvery: got NaN, expected a whole number from 0 on'],
    [{ savePath: '' }, 'train savePath: got "", expected a path or null'],
    [{ savePath: false }, 'train savePath: got false, expected a path or null'],
    [{ hook: 'log' }, 'train hook: got "log", expected a function or null'],
    [{ print: null }, 'train print: got null, expected a function'],
    [{ bar: true }, 'train bar: got true, expected a bar with at and done, or null'],
  ])('%j is refused', async (options, message) => {
    await expect(trainOptions(unchecked(options))).rejects.toThrow(message);
  });
});
