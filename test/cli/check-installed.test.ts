import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Checked } from '../../src/cli/check-json.ts';
import { runMain } from './check-main.ts';

/** A project of someone else, with the compiled package installed in it. */
let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'backproof-project-'));
  const home = join(project, 'node_modules/backproof');
  await mkdir(home, { recursive: true });
  await cp('dist/src', join(home, 'dist/src'), { recursive: true });
  await cp('package.json', join(home, 'package.json'));
  await symlink(resolve('node_modules'), join(home, 'node_modules'), 'junction');
  await writeFile(
    join(project, 'loss.ts'),
    `export enum Side { left = -1, right = 1 }
     export const huber = (r: number): number => (Math.abs(r) < 1 ? r * r / 2 : Math.abs(r) - 0.5);
     export const slope = (r: number): number => (Math.abs(r) < 1 ? r : r < 0 ? Side.left : Side.right);`,
  );
  await writeFile(
    join(project, 'cases.ts'),
    `import { checkGradient, type GradientCase } from 'backproof';
     import { huber, slope } from './loss.ts';

     const huberCase: GradientCase = {
       name: 'huber',
       f: (x) => x.reduce((sum, v) => sum + huber(v), 0),
       gradient: (x) => x.map(slope),
       at: [0.3, -2, 5],
     };
     if (checkGradient(huberCase).verdict !== 'agrees') throw new Error('by itself it agrees');
     export default [huberCase, { ...huberCase, name: 'negated', gradient: (x: Float64Array) => x.map((v) => -slope(v)) }];`,
  );
});
afterAll(() => rm(project, { recursive: true }));

it('checks cases in TypeScript that import this package’s types and values, and leaves no file behind', async () => {
  const before = await readdir(project);
  const main = join(project, 'node_modules/backproof/dist/src/cli/main.js');
  const { code, out, err } = await runMain(['check', 'cases.ts', '--json'], { cwd: project, main });
  expect(err).toBe('');
  const { cases, errors } = JSON.parse(out) as Checked;
  expect(errors).toEqual([]);
  expect(cases.map(({ name, verdict, diagnosis }) => [name, verdict, diagnosis?.kind])).toEqual([
    ['huber', 'agrees', undefined],
    ['negated', 'disagrees', 'sign'],
  ]);
  expect(code).toBe(1);
  expect(await readdir(project)).toEqual(before);
  expect(await readdir(join(project, 'node_modules'))).toEqual(['backproof']);
});
