import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runChecker } from '../../../bench/checker/command.ts';
import type { PartContext } from '../../../bench/checker/part.ts';
import { type PartName, type Parts, parts as projectParts } from '../../../bench/checker/parts.ts';
import { heading } from '../../../src/report/report.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-checker-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs the command with parts that find nothing out. */
async function run(args: readonly string[], failing: readonly PartName[] = []) {
  const told: [PartName, PartContext][] = [];
  const pretend = (name: PartName) => async () => async (context: PartContext) => {
    told.push([name, context]);
    context.progress(0.5, name);
    return {
      blocks: [heading(2, `About ${name}`)],
      ok: !failing.includes(name),
      headline: [`${name} measured`],
    };
  };
  const parts: Parts = {
    cost: pretend('cost'),
    detection: pretend('detection'),
    mistakes: pretend('mistakes'),
    'right-cases': pretend('right-cases'),
  };
  let [stdout, stderr] = ['', ''];
  const code = await runChecker(args, {
    parts,
    folder,
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { code, stdout, stderr, told, files: (await readdir(folder)).sort() };
}

describe('a whole run', () => {
  test('runs cost first, writes the page and its data, and says where', async () => {
    const { code, stdout, told, files } = await run([]);
    expect(code).toBe(0);
    expect(told.map(([name]) => name)).toEqual(['cost', 'detection', 'mistakes', 'right-cases']);
    expect(files).toEqual(['charts', 'checker.json', 'checker.md']);
    expect(stdout).toContain('detection  detection measured');
    expect(stdout).toMatch(/^Report: .*checker\.md$/m);
  });

  test('that is quick says so, on the page, in the data and at the end', async () => {
    const { stdout, told } = await run(['--quick']);
    expect(told.every(([, { quick }]) => quick)).toBe(true);
    expect(await readFile(join(folder, 'checker.md'), 'utf8')).toContain('**quick**');
    expect(JSON.parse(await readFile(join(folder, 'checker.json'), 'utf8')).quick).toBe(true);
    expect(stdout).toMatch(/^Quick report: /m);
  });

  test('exits with 1 where a part does not hold, its page written all the same', async () => {
    const { code, files } = await run([], ['mistakes']);
    expect(code).toBe(1);
    expect(files).toContain('checker.md');
    expect(await readFile(join(folder, 'checker.md'), 'utf8')).toMatch(/\| mistakes \|.*✗ fails/);
  });
});

describe('--only', () => {
  test('prints the page of these parts, and leaves the folder alone', async () => {
    const { code, stdout, told, files } = await run(['--only', 'mistakes', '--only', 'cost']);
    expect([code, files]).toEqual([0, []]);
    expect(told.map(([name]) => name)).toEqual(['cost', 'mistakes']);
    expect(stdout).toContain('## About mistakes');
    expect(stdout).not.toContain('About detection');
  });

  test('with another folder writes there; half a page never goes where whole ones do', async () => {
    const other = join(folder, 'other');
    expect((await run(['--only', 'cost', '--out', other])).files).toEqual(['other']);
    expect(await readdir(other)).toContain('checker.md');
    const { code, stderr, told } = await run(['--only', 'cost', '--out', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^bench:checker: --out: .*\n$/);
    expect(told).toEqual([]);
  });

  test('of every part is the whole page', async () => {
    const all = ['cost', 'detection', 'mistakes', 'right-cases'].flatMap((p) => ['--only', p]);
    expect((await run(all)).files).toContain('checker.md');
  });
});

test.each([
  [
    ['--only', 'speed'],
    /--only: unknown "speed"; there are cost, detection, mistakes, right-cases/,
  ],
  [['--fast'], /--fast/],
  [['surplus'], /surplus/],
])('%j is bad usage: one line, exit code 2, nothing run', async (args, line) => {
  const { code, stderr, stdout, told, files } = await run(args);
  expect([code, stdout, told, files]).toEqual([2, '', [], []]);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain('\n');
});

test('--help names every part and runs none', async () => {
  const { code, stdout, told } = await run(['--help']);
  expect([code, told]).toEqual([0, []]);
  for (const name of Object.keys(projectParts)) expect(stdout).toContain(name);
});
