import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { manualFused } from '../src/gradients/manual/method.ts';
import { autograd } from '../src/gradients/tape/autograd.ts';
import * as backproof from '../src/index.ts';
import { mlp } from '../src/model/model.ts';
import { matrixOf } from '../src/numeric/matrix.ts';
import { slotValues, zeroParams } from '../src/params/params.ts';
import { runMain } from './cli/check-main.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, body]) => ({
  language,
  body: body!,
}));
const block = (language: string, start: string): string =>
  blocks.find((b) => b.language === language && b.body.startsWith(start))!.body;

/** Runs an example, without its import line, with all of the package in scope. */
function runWith(code: string, console: object): Promise<void> {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  return new AsyncFunction('backproof', 'console', `with (backproof) { ${code} }`)(
    backproof,
    console,
  );
}

describe('the README', () => {
  test('prints the tape that its code makes', () => {
    const code = block('js', 'import { autograd').replace(/^import .*$/m, '');
    const print = new Function('autograd', 'matrixOf', 'console', code);
    let printed = '';
    print(autograd, matrixOf, { log: (text: string) => (printed = text) });
    expect(`${printed}\n`).toBe(block('text', '#  operation'));
  });

  test('shows by hand the gradients that the hand-derived method computes', async () => {
    const model = mlp([2, 2, 1]);
    const params = zeroParams(model.layout);
    params.values.set([0.5, -0.25, 0, 0.5, 0, 1, 1, -1, 0.5]);
    const batch = { inputs: matrixOf([[1, 2]]), targets: matrixOf([[1]]) };
    const prepared = await manualFused.prepare(model, { rows: 1 });
    if (prepared.kind === 'unsupported') throw new Error(prepared.why);
    const grads = zeroParams(model.layout);
    const loss = prepared.run.valueAndGrad(params, batch, grads);

    const shown = (name: string): number[] => {
      const line = block('text', 'x  = ')
        .split('\n')
        .find((l) => l.startsWith(`${name} `))!;
      const numbers = line.slice(line.lastIndexOf('=') + 1).replace(/row.*|its.*/, '');
      return numbers
        .replace(/[()\s]/g, '')
        .split(',')
        .map(Number);
    };
    const digits = (values: Iterable<number>): number[] =>
      Array.from(values, (v) => Number(v.toPrecision(4)));
    expect(shown('L')).toEqual(digits([loss]));
    expect(shown('dW1')).toEqual(digits(slotValues(grads, 'fc1.weight')));
    expect(shown('db1')).toEqual(digits(slotValues(grads, 'fc1.bias')));
    expect(shown('dW2')).toEqual(digits(slotValues(grads, 'fc2.weight')));
    expect(shown('db2')).toEqual(digits(slotValues(grads, 'fc2.bias')));
  });

  test('its example of agreement runs, and the three methods agree', async () => {
    const code = block('js', 'import { agreed').replace(/^import .*$/m, '');
    const lines: unknown[][] = [];
    await runWith(code, { log: (...line: unknown[]) => lines.push(line) });
    expect(lines.map(([a, b, verdict]) => [a, b, verdict])).toEqual([
      ['manual-fused', 'tape-fused', 'agrees'],
      ['manual-fused', 'complex-step', 'agrees'],
      ['tape-fused', 'complex-step', 'agrees'],
    ]);
  });

  test('its training prints what it says, and its file is read by the other engine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'readme-'));
    const log = vi.spyOn(console, 'log').mockImplementation(() => {}); // of the training
    try {
      const code = block('js', 'import { methods, mlp').replace(/^import .*$/m, '');
      const path = JSON.stringify(join(folder, 'best.safetensors'));
      const printed: string[] = [];
      await runWith(code.replaceAll("'best.safetensors'", path), {
        log: (...line: unknown[]) => printed.push(line.join(' ')),
      });
      expect(`${printed.join('\n')}\n`).toBe(block('text', '0.8'));
      expect(log).not.toHaveBeenCalled();
      expect(await readdir(folder)).toEqual(['best.safetensors']);
    } finally {
      log.mockRestore();
      await rm(folder, { recursive: true });
    }
  });

  test('its case file and what it says of it, wrong and right, are what the command prints', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'readme-'));
    const check = async (code: string): Promise<string> => {
      await writeFile(join(folder, 'logistic.check.mjs'), code);
      const main = resolve('dist/src/cli/main.js');
      return (await runMain(['check', 'logistic.check.mjs'], { cwd: folder, main })).out;
    };
    try {
      const wrong = block('js', 'const X');
      const [, to, from] = readme.match(/^With `(.+)` in place of `(.+)`:$/m)!;
      const right = wrong.replace(from!, to!);
      expect(right).not.toBe(wrong);
      const printed = blocks.filter((b) => b.body.startsWith('logistic')).map(({ body }) => body);
      expect([await check(wrong), await check(right)]).toEqual(printed);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('links to files that exist', () => {
    for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      expect(() => readFileSync(target!), target!).not.toThrow();
    }
  });
});
