import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { environment } from '../../src/node/environment.ts';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({
    write: (text: string): void => {
      written[key] += text;
    },
  });
  const code = await runProgram(args, { stdout: into('out'), stderr: into('err') });
  return { code, ...written };
}

describe('bad usage is exit code 2 and one line on standard error', () => {
  const missing = join(tmpdir(), 'backproof-no-such-folder', 'all.json');
  it.each([
    [[], 'expected a command; there is bench'],
    [['frobnicate'], 'unknown command "frobnicate"; there is bench'],
    [['frobnicate', 'again'], 'unknown command "frobnicate"; there is bench'],
    [['--frobnicate'], "unknown option '--frobnicate'"],
    [['bench', '--frobnicate'], "unknown option '--frobnicate'"],
    [['bench', '--quik'], '(Did you mean --quick?)'],
    [['bench', 'W1'], 'too many arguments'],
    [['bench', '--only'], 'argument missing'],
    [['bench', '--only', 'W9'], '--only: unknown "W9"; there are speed, '],
    [['bench', '--only', 'speed', '--only', 'W0'], '--only: unknown "W0"; there are speed, '],
    [['bench', '--json-file', missing], 'cannot write to the folder'],
    [['bench', '--json-file', tmpdir()], 'is a folder, expected a file'],
  ])('backproof %j', async (args, expected) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(expected);
    expect(err).toMatch(/^backproof: .*\n$/);
  });
});

it('an unknown --only names the sections and the workloads', async () => {
  const { err } = await run('bench', '--only', 'sped');
  for (const name of ['speed', 'agreement', 'W1', 'W5']) expect(err).toContain(name);
});

describe('help and version go to standard output, with exit code 0', () => {
  it('--version is the version of the package', async () => {
    const { version } = environment();
    expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('--help lists the commands', async () => {
    const { code, out, err } = await run('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: backproof <command>/);
    expect(out).toMatch(/^ {2}bench .*reports/m);
  });

  it('bench --help lists its options', async () => {
    const { code, out } = await run('bench', '--help');
    expect(code).toBe(0);
    for (const option of ['--quick', '--only', '--json-file']) expect(out).toContain(option);
  });
});
