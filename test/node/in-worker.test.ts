import { describe, expect, it } from 'vitest';
import { inWorker, type WorkerOptions } from '../../src/node/in-worker.ts';

const WORKER = new URL('../fixtures/workers/worker.mjs', import.meta.url);

const run = (deed: string, options?: WorkerOptions<string>, given?: unknown): Promise<unknown> =>
  inWorker(WORKER, { deed, given }, options);

describe('a worker', () => {
  it('hands over its notes in their order, then its result', async () => {
    const notes: string[] = [];
    const given = { map: new Map([['a', Float64Array.of(1, Number.NaN)]]), text: 'π' };
    const result = await run('answers', { onNote: (note) => notes.push(note) }, given);
    expect(notes).toEqual(['one', 'two']);
    expect(result).toEqual(given);
  });

  it('that leaves something open after its result is ended', async () => {
    expect(await run('answersAndStays')).toBe('stayed');
  });

  it.each(['throws', 'rejects'])('that %s rejects with its error', async (deed) => {
    const error = (await run(deed).catch((e) => e)) as Error;
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe('got 3, expected 2');
    expect(error.stack).toContain('worker.mjs');
  });

  it('that dies or ends without a result rejects with its exit code', async () => {
    await expect(run('dies')).rejects.toThrow('exit code 7, and without a result');
    await expect(run('forgets')).rejects.toThrow('exit code 0, and without a result');
  });

  it('whose module does not exist rejects', async () => {
    const missing = new URL('../fixtures/workers/missing.mjs', import.meta.url);
    await expect(inWorker(missing, null)).rejects.toThrow('missing.mjs');
  });
});

describe('the signal', () => {
  it('stops even a worker that computes for ever', async () => {
    const stop = new AbortController();
    const reason = new Error('not wanted');
    const running = run('hangs', { signal: stop.signal, onNote: () => stop.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });

  it('that was given before lets none start', async () => {
    const signal = AbortSignal.abort(new Error('not wanted'));
    await expect(run('answers', { signal })).rejects.toThrow('not wanted');
  });
});
