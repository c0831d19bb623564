import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publishOverviews } from '../../src/cli/experiment-overviews.ts';
import { experiments } from '../../src/experiments/experiments.ts';
import type { AllResults } from '../../src/experiments/results.ts';
import { pretendedResult } from './pretended-experiment.ts';

let reports: string;
beforeEach(async () => {
  reports = await mkdtemp(join(tmpdir(), 'backproof-overviews-'));
});
afterEach(() => rm(reports, { recursive: true }));

it('of another seed than 0 there is an index beside its pages, and nothing of the material', async () => {
  const header = [{ name: 'seed', value: '7' }];
  const found = Object.values(experiments).map(({ name }) => [
    name,
    pretendedResult(name, { seed: 7, header }),
  ]);
  const results = Object.fromEntries(found) as AllResults; // of no figures, which no index asks for
  const folder = join(reports, 'experiments', 'seed-7');
  const recorded = { speed: null, material: null };
  const paths = await publishOverviews(folder, results, { seed: 7, seeds: [], header, recorded });
  expect(paths).toEqual([join(folder, 'README.md')]);
  const files = await readdir(reports, { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile()).map(({ name }) => name)).toEqual(['README.md']);
  const page = await readFile(paths[0]!, 'utf8');
  expect(page).toContain('**seed** 7');
  expect(page).toContain('What came out, for seed 7');
});
