import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect as jestExpect } from 'expect';
import { describe, expect, test } from 'vitest';

const examples = new URL('../examples/', import.meta.url);
const require = createRequire(import.meta.url);

/** All that the command prints, in a folder of the examples. */
const output = (folder: string, args: readonly string[]): Promise<string> => {
  const { FORCE_COLOR: _, ...env } = process.env;
  return new Promise((resolve) => {
    // A test that is to fail makes a runner exit with 1: what it says is looked at, not that.
    execFile(
      process.execPath,
      args,
      { cwd: fileURLToPath(new URL(folder, examples)), env: { ...env, NO_COLOR: '1' } },
      (_error, out, err) => resolve(out + err),
    );
  });
};

describe('the examples for vitest and fast-check, in a vitest of their own', () => {
  const vitest = fileURLToPath(new URL('../vitest.mjs', import.meta.resolve('vitest')));
  const ran = output('.', [vitest, 'run', '--root', '.', '--no-cache']);

  test('pass where the gradient is right, fail where it is wrong', async () => {
    expect(await ran).toMatch(/✓ vitest\/right\.spec\.ts/);
    expect(await ran).toMatch(/✓ fast-check\/right\.spec\.ts/);
    expect(await ran).toMatch(/Tests {2}2 failed \| 2 passed \(4\)/);
  });

  test('name what is wrong', async () => {
    expect(await ran).toMatch(/4 times too large, and N = 4:\s+the mean over the batch is missing/);
    expect(await ran).toMatch(/x\[0\] +1\.228 +0\.3069/);
  });

  test('show the smallest network that needs the mask: one unit, and a sample it is off for', async () => {
    expect(await ran).toContain('Counterexample: [1 → 1 relu, mse mean, batch of 2\n');
    expect(await ran).toContain('no\nmask, or a slope of 1');
  });
});

describe("the examples for Jest, with Jest's own expect", () => {
  const source = (name: string): string => readFileSync(new URL(`jest/${name}`, examples), 'utf8');

  /** Runs an example as Jest does: its globals, and the package by its CommonJS door. */
  const run = (name: string): void => {
    const globals = globalThis as { expect?: unknown }; // no type has it as a global
    globals.expect = jestExpect;
    try {
      require('backproof/jest');
    } finally {
      delete globals.expect;
    }
    const each = (_title: string, body: () => void): void => body();
    new Function('test', 'expect', source(name))(each, jestExpect);
  };

  test('a right gradient passes', () => run('right.spec.js'));

  test('a wrong one fails, and is named', () => {
    expect(() => run('sign-flipped.spec.js')).toThrow('the sign is wrong');
  });

  const jest = fileURLToPath(
    new URL('../../.tools/jest/node_modules/jest/bin/jest.js', import.meta.url),
  );
  const args = [jest, '--rootDir', '.', '--config', 'jest.config.json'];

  test.each([
    ['CommonJS', args],
    ['ES modules', ['--experimental-vm-modules', ...args]],
  ])('as in Jest itself, where .tools/jest is installed: %s', async (_modules, command) => {
    if (!existsSync(jest)) return;
    const printed = await output('jest', command);
    expect(printed).toMatch(/Tests: +1 failed, 1 passed, 2 total/);
    expect(printed).toContain('PASS ./right.spec.js');
    expect(printed).toContain('uphill: the gradient is wrong');
    expect(printed).toContain('the sign is wrong');
  });
});
