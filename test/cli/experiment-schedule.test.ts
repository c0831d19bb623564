import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, runExperiments } from '../../src/cli/experiment-schedule.ts';
import type { StartExperiment } from '../../src/cli/experiment-start.ts';
import { WEIGHT } from '../../src/cli/experiment-weight.ts';
import { Failure } from '../../src/cli/failure.ts';
import type { Experiment, ExperimentName } from '../../src/experiments/experiment.ts';
import { inWorker } from '../../src/node/in-worker.ts';
import type { Block } from '../../src/report/report.ts';
import { inThisThread, pretended, pretendedResult } from './pretended-experiment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-experiments-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = async (): Promise<string[]> => (await readdir(folder)).sort();

/** Runs these in this thread unless told otherwise. */
const run = (
  experiments: readonly Experiment[],
  options: Partial<RunOptions> = {},
): ReturnType<typeof runExperiments> =>
  runExperiments({
    names: experiments.map(({ name }) => name),
    context: { seed: 3, seeds: [0, 1], header: [], recorded: { speed: null, material: null } },
    start: inThisThread(Object.fromEntries(experiments.map((e) => [e.name, e]))),
    limit: 2,
    folder,
    bar: { at: () => {}, done: () => {} },
    ...options,
  });

/** In which order they started and ended. */
function told(...names: ExperimentName[]): { experiments: Experiment[]; events: string[] } {
  const events: string[] = [];
  const before = (name: ExperimentName) => async (): Promise<void> => {
    events.push(name);
    await new Promise((done) => setTimeout(done));
  };
  return { experiments: names.map((name) => pretended(name, { before: before(name) })), events };
}

describe('what comes out', () => {
  it('results stand in the order asked for, though the longest starts first', async () => {
    const { experiments, events } = told('init-distributions', 'silent-mistakes', 'two-layer');
    const results = await run(experiments, { limit: 1 });
    expect([...results.keys()]).toEqual(['init-distributions', 'silent-mistakes', 'two-layer']);
    expect(results.get('two-layer')!.headline).toEqual(['two-layer found, seed 3']);
    const weights = events.map((name) => WEIGHT[name as ExperimentName]);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(events).toHaveLength(3);
  });

  it('each gets its markdown and JSON as soon as it is done, before the last one ends', async () => {
    let written: string[] = [];
    const early = pretended('two-layer');
    const late = pretended('zero-init', {
      before: async () => {
        while (!(await files()).includes('two-layer.md')) await new Promise((r) => setTimeout(r));
        written = await files();
      },
    });
    await run([early, late]);
    expect(written).toEqual(['charts', 'two-layer.json', 'two-layer.md']);
    expect(await files()).toEqual([...written, 'zero-init.json', 'zero-init.md']);
  });
});

describe('the bar', () => {
  it('is one for all, moves by the shares of the work, names who moves it, and is wiped', async () => {
    const drawn: [number, string][] = [];
    const bar = {
      at: (share: number, doing: string) => drawn.push([share, doing]),
      done: () => drawn.push([Number.NaN, '']),
    };
    const half = {
      before: ({ progress }: { progress: (s: number, d: string) => void }) => progress(0.5, 'half'),
    };
    const names = ['two-layer', 'zero-init'] as const;
    await run(
      names.map((name) => pretended(name, half)),
      { bar, limit: 1 },
    );
    const all = WEIGHT['two-layer'] + WEIGHT['zero-init'];
    expect(drawn).toEqual([
      [(0.5 * WEIGHT['zero-init']) / all, 'zero-init: half'],
      [WEIGHT['zero-init'] / all, 'zero-init: done'],
      [(WEIGHT['zero-init'] + 0.5 * WEIGHT['two-layer']) / all, 'two-layer: half'],
      [1, 'two-layer: done'],
      [Number.NaN, ''],
    ]);
  });
});

describe('one that fails', () => {
  const throwing = pretended('zero-init', {
    before: () => {
      throw new RangeError('got 3, expected 2');
    },
  });

  it('is named, with its error as the cause, and the bar is wiped', async () => {
    const wiped: boolean[] = [];
    const bar = { at: () => {}, done: () => void wiped.push(true) };
    const error = await run([pretended('two-layer'), throwing], { bar }).catch((e) => e);
    expect(error).toBeInstanceOf(Failure);
    expect(error.message).toBe('experiment "zero-init" failed: got 3, expected 2');
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(wiped).toEqual([true]);
  });

  it('leaves the pages of those before it whole, and none of its own', async () => {
    await expect(run([throwing, pretended('silent-mistakes')], { limit: 1 })).rejects.toThrow();
    expect(await files()).toEqual(['charts', 'silent-mistakes.json', 'silent-mistakes.md']);
  });

  it('is one whose report cannot be rendered, too', async () => {
    const ragged: Block = {
      kind: 'table',
      name: 'ragged',
      columns: [{ key: 'a', title: 'a', align: 'left' }],
      rows: [[]],
    };
    await expect(run([pretended('two-layer', { blocks: [ragged] })])).rejects.toThrow(
      'experiment "two-layer" failed: report "two-layer", table "ragged", row 0: got 0 cells',
    );
    expect(await files()).toEqual([]);
  });

  it('is one whose result is not plain data, as in a worker', async () => {
    await expect(run([pretended('two-layer', { figures: () => 1 })])).rejects.toThrow(
      /experiment "two-layer" failed: .* could not be cloned/,
    );
    expect(await files()).toEqual([]);
  });
});

describe('in worker threads', () => {
  const WORKER = new URL('../fixtures/workers/worker.mjs', import.meta.url);
  const [slow, bad] = [pretended('silent-mistakes'), pretended('zero-init')];

  it.each([
    ['throws', 'got 3, expected 2'],
    ['dies', 'its thread ended with exit code 7, and without a result'],
  ])('one that %s is named, and one that would never end is stopped', async (deed, why) => {
    const started = new Set<string>();
    let failNow = (): void => {};
    const slowRuns = new Promise<void>((done) => {
      failNow = done;
    });
    const start: StartExperiment = async (name, _context, signal) => {
      started.add(name);
      if (name === bad.name) await slowRuns;
      const task = { deed: name === bad.name ? deed : 'hangs' };
      return inWorker(WORKER, task, { onNote: () => failNow(), signal });
    };
    await expect(run([slow, bad, pretended('two-layer')], { start })).rejects.toThrow(
      `experiment "zero-init" failed: ${why}`,
    );
    expect([...started]).toEqual(['silent-mistakes', 'zero-init']);
    expect(await files()).toEqual([]);
  });

  it('results come back as they went in', async () => {
    const figures = { byEpoch: new Map([[5, Float64Array.of(0.5, Number.NaN)]]) };
    const start: StartExperiment = (name, context, signal) =>
      inWorker(
        WORKER,
        { deed: 'answers', given: pretendedResult(name, context, { figures }) },
        { signal },
      );
    const results = await run([slow, bad], { start });
    expect(results.get('zero-init')!.figures).toEqual(figures);
    expect(await files()).toHaveLength(5);
  });
});
