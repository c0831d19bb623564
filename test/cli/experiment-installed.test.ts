import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * The compiled package as someone installs it, in a folder of its own and with a table of its own:
 * only compiled code runs in worker threads, and only there do reports go to the current folder.
 */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-installed-'));
  const home = join(folder, 'node_modules/backproof');
  await mkdir(home, { recursive: true });
  await cp('dist', join(home, 'dist'), { recursive: true });
  await cp('package.json', join(home, 'package.json'));
  await symlink(resolve('node_modules'), join(home, 'node_modules'), 'junction');
  const table = join(home, 'dist/src/experiments/experiments.js');
  await rename(table, join(home, 'dist/src/experiments/real-experiments.js'));
  await cp('test/fixtures/experiments/table.mjs', table);
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `backproof experiment run …` in a folder below. */
async function run(where: string, ...args: string[]): Promise<Ended> {
  const cwd = join(folder, where);
  await mkdir(cwd);
  const main = join(folder, 'node_modules/backproof/dist/src/cli/main.js');
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [main, 'experiment', 'run', ...args],
      { cwd },
      (_, out, err) => done({ code: child.exitCode!, out, err }),
    );
  });
}

/** Every file below the folder, by its path, as text. */
async function filesOf(where: string): Promise<Record<string, string>> {
  const root = join(folder, where, 'reports/experiments');
  const names = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = names.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name));
  const read = async (path: string): Promise<[string, string]> => [
    path.slice(root.length + 1),
    await readFile(path, 'utf8'),
  ];
  return Object.fromEntries(await Promise.all(paths.sort().map(read)));
}

const RECORDED = /^(backproof: .* is missing, so no page quotes it; .*\n)*/;

test('all inside is exit code 0, one outside 1, in the table’s order, pages of a seed in its folder', async () => {
  const [well, not] = await Promise.all([
    run('well', 'custom-or-automatic', '--seed', '7'),
    run('not', 'dying-relu', 'custom-or-automatic'),
  ]);
  expect(well.out.split('\n')).toEqual([
    'custom-or-automatic  seed 7',
    'All 1 figures lie in their stated ranges.',
    `Pages of seed 7: ${join('reports', 'experiments', 'seed-7', 'custom-or-automatic.md')}`,
    '',
  ]);
  expect(well.code).toBe(0);
  const pages = await filesOf('well');
  expect(Object.keys(pages)).toEqual(
    ['json', 'md'].map((ending) => join('seed-7', `custom-or-automatic.${ending}`)),
  );
  const [ofSeed7, ofSeed0] = [
    pages[join('seed-7', 'custom-or-automatic.md')],
    (await filesOf('not'))['custom-or-automatic.md'],
  ];
  expect(ofSeed7).toContain('**seed** 7');
  expect(ofSeed7).toContain('[speed](../../speed.md)'); // one folder below
  expect(ofSeed0).toContain('**seed** 0');
  expect(ofSeed0).toContain('[speed](../speed.md)');
  expect(not.out.split('\n').slice(0, 4)).toEqual([
    'custom-or-automatic  seed 0',
    'dying-relu           seed 0',
    '1 of 2 figures lie outside their stated ranges:',
    'dying-relu  a figure outside: 1.0000001, stated 0 – 1',
  ]);
  expect(not.code).toBe(1);
  for (const { err } of [well, not]) expect(err.replace(RECORDED, '')).toBe('');
});

test('--json is one document and nothing else', async () => {
  const { code, out } = await run('json', 'dying-relu', 'custom-or-automatic', '--json');
  expect(code).toBe(1);
  const { experiments, ...rest } = JSON.parse(out);
  expect(rest).toEqual({ ok: false, seed: 0, seeds: Array.from({ length: 20 }, (_, i) => i) });
  expect(experiments.map((e: { name: string }) => e.name)).toEqual([
    'custom-or-automatic',
    'dying-relu',
  ]);
  expect(experiments[1]).toEqual({
    name: 'dying-relu',
    title: 'Pretended dying-relu',
    section: '0',
    shows: 'Nothing.',
    ok: false,
    headline: ['seed 0'],
    stated: [
      {
        what: 'a figure outside',
        value: 1.0000001,
        low: 0,
        high: 1,
        seeds: [1, 'NaN'],
        inside: false,
      },
    ],
    figures: { byEpoch: { 5: 0.5 } },
    page: join('reports', 'experiments', 'dying-relu.md'),
  });
});

test('one that throws is exit code 1 and an error that names it, alone or among others', async () => {
  const [alone, among] = await Promise.all([
    run('alone', 'silent-mistakes'),
    run('among', 'silent-mistakes', 'custom-or-automatic', '--json'),
  ]);
  for (const { code, out, err } of [alone, among]) {
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.replace(RECORDED, '')).toMatch(
      /^backproof: experiment "silent-mistakes" failed: boom\nRangeError: boom\n {4}at /,
    );
  }
  expect(Object.keys(await filesOf('alone'))).toEqual([]);
});

test('the cheapest real experiment writes the same bytes alone and beside another', async () => {
  const { experiments } = await import('../../src/experiments/experiments.ts');
  const { WEIGHT } = await import('../../src/cli/experiment-weight.ts');
  const [cheapest] = Object.values(experiments).sort((a, b) => WEIGHT[a.name] - WEIGHT[b.name]);
  const { name } = cheapest!;
  const [once, again] = await Promise.all([
    run('once', name),
    run('again', name, 'custom-or-automatic'),
  ]);
  expect([once.code, again.code]).toEqual([0, 0]);
  const {
    'custom-or-automatic.md': _md,
    'custom-or-automatic.json': _json,
    ...same
  } = await filesOf('again');
  expect(Object.keys(same)).toContain(`${name}.md`);
  expect(same).toEqual(await filesOf('once'));
});
