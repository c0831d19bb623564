import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methods } from '../../src/gradients/methods.ts';
import { mlp } from '../../src/model/model.ts';
import type { Matrix } from '../../src/numeric/matrix.ts';
import { random } from '../../src/numeric/random.ts';
import { initialise } from '../../src/params/initialise.ts';
import type { Params } from '../../src/params/params.ts';
import { writeSafetensors } from '../../src/params/safetensors.ts';
import type { Best } from '../../src/training/best.ts';
import { moons } from '../../src/training/moons.ts';
import { Runner } from '../../src/training/runner.ts';
import { sgd } from '../../src/training/sgd.ts';

/** The training of the fixture, again. */
const FIXTURE = fileURLToPath(new URL('../fixtures/train-and-save.mjs', import.meta.url));
const model = mlp([2, 40, 40, 1]);
const dev = moons({ samples: 8, seed: 2 });
const runnerOf = (params: Params = initialise(model.layout)): Runner =>
  new Runner({
    model,
    optimiser: sgd({ learningRate: 0.5 }),
    method: methods['manual-fused'],
    metric: ({ data }, targets) => {
      const labels = (targets as Matrix).data; // as `moons` makes them
      return -Array.from(data).reduce((sum, p, i) => sum + Math.abs(p - labels[i]!), 0);
    },
    params,
  });

/** Every better model of the first epochs and all lines, undisturbed and without files. */
async function undisturbed(epochs: number): Promise<{ bests: Best[]; lines: string[] }> {
  const runner = runnerOf();
  const [bests, lines]: [Best[], string[]] = [[], []];
  await runner.train(moons({ samples: 16, seed: 1 }), dev, {
    epochs,
    savePath: null,
    logEvery: Number.MAX_SAFE_INTEGER,
    print: (line) => {
      if (!line.startsWith('[Evaluate]')) return;
      lines.push(line);
      bests.push(runner.best!);
    },
  });
  return { bests, lines };
}

interface Killed {
  readonly folder: string;
  /** Lines that announce a better model. */
  readonly announced: readonly string[];
  readonly stderr: string;
}

/** Trains in a folder of its own until a kill: so long after its start, or after its first line. */
async function killed(folder: string, wait: number, from: 'start' | 'line'): Promise<Killed> {
  await mkdir(folder);
  const child = spawn(process.execPath, [FIXTURE, join(folder, 'best.safetensors')]);
  const written = { stdout: '', stderr: '' };
  const dead = new Promise((exit) => child.once('close', exit));
  const line = new Promise((first) => child.stdout.once('data', first));
  child.stdout.on('data', (data) => {
    written.stdout += data;
  });
  child.stderr.on('data', (data) => {
    written.stderr += data;
  });
  if (from === 'line') await Promise.race([line, dead]);
  await later(wait);
  child.kill('SIGKILL');
  await dead;
  const announced = written.stdout.split('\n').filter((text) => text.startsWith('[Evaluate]'));
  return { folder, announced, stderr: written.stderr };
}

/** Which of the better models the file is; −1 where there is none. Throws for anything else. */
async function modelIn(folder: string, bests: readonly Best[]): Promise<number> {
  const names = (await readdir(folder)).filter(
    (name) => !/^\.best\.safetensors\..+\.tmp$/.test(name),
  );
  if (names.length === 0) return -1;
  expect(names.join()).toBe('best.safetensors');
  const runner = runnerOf();
  await runner.loadModel(join(folder, 'best.safetensors'));
  const found = String(runner.params.values);
  const which = bests.findIndex(({ params }) => String(params.values) === found);
  if (which < 0) throw new Error('a model that was never the best');
  const { score, loss } = bests[which]!;
  expect(await runner.evaluate(dev)).toEqual({ score, loss });
  return which;
}

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'backproof-'));
});
afterAll(() => rm(root, { recursive: true }));

const KILLS = 20;
const AT_ONCE = 5;
/** Milliseconds: a save takes a few to some tens, most of them in fsync; a start about a hundred. */
const LONGEST = { line: 60, start: 200 } as const;

describe('a training killed at any moment', () => {
  it('leaves the last model it announced, or the one after it, whole; or none before the first', async () => {
    const source = random(0);
    const all: Killed[] = [];
    const waits = Array.from({ length: KILLS }, (_, i) => {
      const from = i % 5 === 0 ? 'start' : 'line';
      return { from, wait: source.uniform() * LONGEST[from] } as const;
    });
    const one = async (): Promise<void> => {
      for (let next = waits.pop(); next; next = waits.pop()) {
        all.push(await killed(join(root, `${waits.length}`), next.wait, next.from));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    expect(all.length).toBe(KILLS);
    const most = Math.max(...all.map(({ announced }) => announced.length));
    const { bests, lines } = await undisturbed(2 * most + 2);
    for (const { folder, announced, stderr } of all) {
      expect(stderr).toBe(''); // the bar too is silent where there is no terminal
      const known = announced.length;
      expect(announced).toEqual(lines.slice(0, known));
      expect([known - 1, known]).toContain(await modelIn(folder, bests)); // saved, then announced
    }
    expect(most).toBeGreaterThan(1); // most were killed in the midst of it
  });

  it('does not hinder the next one in the same folder', async () => {
    const folder = join(root, 'again');
    await mkdir(folder);
    await writeFile(join(folder, '.best.safetensors.1.1.tmp'), 'half');
    const runner = runnerOf();
    const savePath = join(folder, 'best.safetensors');
    await runner.train(dev, dev, { epochs: 2, savePath, logEvery: null, bar: null });
    expect(await modelIn(folder, [runner.best!])).toBe(0);
  });
});

describe('what a kill must not leave is noticed', () => {
  it('half a file, a model that was never the best, another file beside it', async () => {
    const { bests } = await undisturbed(2);
    const folder = join(root, 'planted');
    await mkdir(folder);
    expect(await modelIn(folder, bests)).toBe(-1);
    const path = join(folder, 'best.safetensors');
    const bytes = writeSafetensors(bests[1]!.params);
    await writeFile(path, bytes);
    expect(await modelIn(folder, bests)).toBe(1);
    await writeFile(path, bytes.subarray(0, bytes.length - 8));
    await expect(modelIn(folder, bests)).rejects.toThrow('data_offsets');
    await writeFile(path, writeSafetensors(initialise(model.layout)));
    await expect(modelIn(folder, bests)).rejects.toThrow('never the best');
    await writeFile(path, bytes);
    await writeFile(join(folder, 'best.safetensors.part'), bytes);
    await expect(modelIn(folder, bests)).rejects.toThrow('best.safetensors.part');
  });
});
