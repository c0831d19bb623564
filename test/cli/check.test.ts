import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERDICT_WORDS } from '../../src/check/gradient/result-text-words.ts';
import type { Verdict } from '../../src/check/verdict.ts';
import { exitCodeOf } from '../../src/cli/check-exit-code.ts';
import type { Checked } from '../../src/cli/check-json.ts';
import { lostCase } from '../../src/cli/check-lost.ts';
import { runProgram } from '../../src/cli/program.ts';

const CASES = 'test/fixtures/cases';

async function check(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({
    write: (text: string): void => {
      written[key] += text;
    },
  });
  const code = await runProgram(['check', ...args], { stdout: into('out'), stderr: into('err') });
  return { code, ...written };
}

describe('bad usage is exit code 2 and one line on standard error', () => {
  const file = `${CASES}/right.mjs`;
  const missing = join(tmpdir(), 'backproof-no-such-folder', 'all.xml');
  it.each([
    [[], "missing required argument 'file'"],
    [[file, '--frobnicate'], "unknown option '--frobnicate'"],
    [[file, '--seed', '-1'], '--seed: got "-1", expected a whole number from 0 to 4294967295'],
    [[file, '--seed', '4294967296'], '--seed: got "4294967296", expected a whole number'],
    [[file, '--rtol', '0'], '--rtol: got "0", expected a number between 0 and 1'],
    [[file, '--rtol', '1'], '--rtol: got "1", expected'],
    [[file, '--rtol', ''], '--rtol: got "", expected'],
    [[file, '--rtol', '1e'], '--rtol: got "1e", expected'],
    [[file, '--timeout', '0'], '--timeout: got "0", expected seconds, more than 0'],
    [[file, '--timeout', '1e9'], '--timeout: got "1e9", expected seconds'],
    [[file, '--timeout', 'NaN'], '--timeout: got "NaN", expected seconds'],
    [[file, '--junit', missing], '--junit: cannot write to the folder'],
    [[file, '--junit', tmpdir()], 'is a folder, expected a file'],
    [
      ['--junit', 'a.mjs'],
      '--junit: got "a.mjs", which ends like a case file, expected the report',
    ],
    [['--junit', file, 'b.mjs'], `expected the report to write: --junit report.xml ${file}`],
    [['notes.md', '--junit', './notes.md'], '--junit: got "./notes.md", a file to be checked'],
    [[file, '--junit', ''], '--junit: got "", expected the path of a file'],
    [[file, '--mode', 'slow'], "argument 'slow' is invalid. Allowed choices are auto, full, fast"],
  ])('backproof check %j', async (args, expected) => {
    const { code, out, err } = await check(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
    expect(err).toMatch(/^backproof: .*\n$/);
  });
});

describe('what is no case file is exit code 2 and one line that names it', () => {
  it.each([
    ['nowhere.mjs', 'nowhere.mjs: no such file, expected a file that ends in .js .mjs .cjs .ts'],
    [CASES, `${CASES}: is a folder, expected a file`],
    ['cases/*.mjs', 'cases/*.mjs: no such file: a pattern that the shell did not expand'],
    ['package.json', 'package.json: unknown ending, expected a file that ends in .js'],
    ['package.json/a.mjs', 'package.json/a.mjs: no such file'],
  ])('%s', async (file, expected) => {
    const { code, out, err } = await check(file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
    expect(err).toMatch(/^backproof: .*\n$/);
  });
});

it('--help lists the options', async () => {
  const { code, out } = await check('--help');
  expect(code).toBe(0);
  for (const flag of [
    '--json',
    '--junit',
    '--github',
    '--seed',
    '--rtol',
    '--mode',
    '--timeout',
    '--allow-unresolved',
  ])
    expect(out).toContain(flag);
  expect(out.replace(/\s+/g, ' ')).toContain('smaller errors are found too');
});

describe('the exit code', () => {
  const run = (verdicts: readonly Verdict[], unread = 0): Checked => ({
    seed: 0,
    cases: verdicts.map((verdict) => ({ file: 'a.mjs', ...lostCase('a', 'threw', ''), verdict })),
    errors: Array.from({ length: unread }, () => ({ file: 'b.mjs', case: null, message: '' })),
  });
  const open: readonly Verdict[] = ['unresolved', 'unsupported'];
  const wrong = (Object.keys(VERDICT_WORDS) as Verdict[]).filter(
    (verdict) => verdict !== 'agrees' && !open.includes(verdict),
  );

  it('is 0 where all agree', () => {
    expect(exitCodeOf(run(['agrees', 'agrees']), false)).toBe(0);
  });

  it.each(wrong)('is 1 where one is %s', (verdict) => {
    for (const allow of [false, true]) {
      expect(exitCodeOf(run(['agrees', verdict, 'unresolved']), allow)).toBe(1);
    }
  });

  it.each(open)('is 3 where one is %s and none is wrong, 0 where that is allowed', (verdict) => {
    expect(exitCodeOf(run(['agrees', verdict]), false)).toBe(3);
    expect(exitCodeOf(run(['agrees', verdict]), true)).toBe(0);
  });

  it('is 2 where something could not be read, whatever the rest', () => {
    for (const verdict of ['agrees', 'disagrees', 'unresolved'] as const) {
      expect(exitCodeOf(run([verdict], 1), true)).toBe(2);
    }
  });
});
