import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Checked } from '../../src/cli/check-json.ts';
import { runMain } from './check-main.ts';

const at = (...names: string[]): string[] => names.map((name) => `test/fixtures/cases/${name}`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.concurrent('gives every misbehaving case its own verdict, and goes on', async () => {
  const files = at(
    'misbehaving.mjs',
    'malformed.mjs',
    'waits-while-loaded.mjs',
    'throws-while-loaded.mjs',
    'right.cjs',
  );
  const { code, out, err } = await runMain(['check', '--json', '--timeout', '2', ...files]);
  const { seed, cases, errors } = JSON.parse(out) as Checked;
  expect(seed).toBe(0);
  expect(cases.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['right', 'agrees'],
    ['throws', 'threw'],
    ['hangs', 'timed-out'],
    ['returns a string', 'wrong-type'],
    ['returns a Promise', 'wrong-type'],
    ['a Promise that rejects', 'wrong-type'],
    ['a short gradient', 'wrong-shape'],
    ['gradient is NaN', 'not-finite'],
    ['f is NaN', 'not-finite'],
    ['mutates its input', 'mutates-input'],
    ['reuses its buffer', 'agrees'],
    ['accumulates', 'not-deterministic'],
    ['is random', 'not-deterministic'],
    ['ends the process', 'threw'],
    ['throws later', 'threw'],
    ['writes a lot', 'agrees'],
    ['returns a lot', 'wrong-type'],
    ['rounds', 'unresolved'],
    ['wrong', 'disagrees'],
    ['right again', 'agrees'],
    ['right', 'agrees'],
    ['right again', 'agrees'],
    ['(loading the file)', 'timed-out'],
    ['a product', 'agrees'],
  ]);
  const [, throws, , , , , , nan] = cases;
  expect(throws!.error).toBe('f threw RangeError: boom');
  expect(nan!.worst!.got).toBe('NaN');
  const named = (name: string) => cases.find((c) => c.name === name)!;
  expect(named('hangs').error).toMatch(
    /^no result after 2 s and at least [1-9]\d* calls? of f: --timeout gives it longer, --mode fast takes fewer calls$/,
  );
  expect(named('ends the process').error).toContain('exit code 7');
  expect(named('throws later').error).toBe('outside of any call: Error: too late');
  expect(named('reuses its buffer').notes).toEqual(['reuses-output']);
  expect(errors.map((e) => [e.file, e.case])).toEqual([
    ...[1, 2, 3, 4].map((index) => [files[1], index]),
    [files[3], null],
  ]);
  for (const { message } of errors) expect(err).toContain(`backproof: ${message}\n`);
  expect(err).toContain('case 4: case "no field of ours": unknown field "point"; there are name, ');
  // What a case prints, to its end.
  const prints = err.split(`${'x'.repeat(100_000)}\n`).length - 1;
  expect(prints).toBe(named('writes a lot').evaluations);
  expect(code).toBe(2);
});

it.concurrent('has the keys of the contract in every case, beside --github too', async () => {
  const { out } = await runMain(['check', '--json', '--seed', '7', ...at('wrong.mjs', 'right.ts')]);
  const { seed, cases } = JSON.parse(out) as Checked;
  expect(seed).toBe(7);
  for (const checked of cases) {
    expect(Object.keys(checked).sort()).toEqual(
      [
        ...['file', 'name', 'verdict', 'notes', 'diagnosis', 'worst', 'wrongEntries', 'bound'],
        ...['evaluations', 'error', 'caught', 'mode', 'taylor'],
      ].sort(),
    );
  }
  expect(cases[1]).toMatchObject({
    file: at('wrong.mjs')[0],
    name: 'a sum for the mean',
    verdict: 'disagrees',
    diagnosis: { kind: 'factor', message: expect.stringContaining('N = 5') },
    worst: { point: 0, slot: 'fc.weight' },
  });
  expect(cases[1]!.wrongEntries.length).toBe(4);
});

it.concurrent('is told in text, by file and in the order given, without colours in a pipe, with a JUnit report besides', async () => {
  const junit = join(folder, 'report.xml');
  const files = at('right.ts', 'wrong.mjs', 'right.cjs');
  const again = [resolve(files[0]!), `./${files[1]}`]; // each is checked once
  const { code, out, err } = await runMain(['check', ...files, ...again, '--junit', junit]);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(await readFile(junit, 'utf8')).toMatch(
    /^<\?xml .*\n<testsuites name="backproof check" tests="5" failures="2" errors="0" skipped="0">/,
  );
  const lines = out.split('\n').filter((line) => /^\S|^ {2}\S/.test(line));
  expect(lines.map((line) => line.replace(/ {2}(an error of|the gradient).*/, ''))).toEqual([
    ...at('right.ts'),
    '  ✓ tanh  agrees',
    ...at('wrong.mjs'),
    '  ✓ the mean            agrees   ',
    '  ✗ a sum for the mean  disagrees',
    '  ✗ a sign              disagrees',
    ...at('right.cjs'),
    '  ✓ a product  agrees',
    '5 cases: 3 agrees, 2 disagrees; seed 0',
  ]);
  expect(out).toContain(
    '    The gradient is 5 times too large, and N = 5: the mean over the batch',
  );
});

it.concurrent('unresolved is exit code 3, 0 with --allow-unresolved, and agrees with an --rtol it can meet', async () => {
  const codes = await Promise.all(
    [[], ['--allow-unresolved'], ['--rtol', '0.01']].map(
      async (flags) => (await runMain(['check', ...at('unresolved.mjs'), ...flags])).code,
    ),
  );
  expect(codes).toEqual([3, 0, 0]);
});

it.concurrent('tells GitHub where, appends to its step summary, and has colours in a pipe where they are forced', async () => {
  const summary = join(folder, 'summary.md');
  await writeFile(summary, 'before\n');
  const workspace = join(process.cwd(), 'test');
  const env = { GITHUB_WORKSPACE: workspace, GITHUB_STEP_SUMMARY: summary, FORCE_COLOR: '1' };
  const { out } = await runMain(['check', '--github', ...at('wrong.mjs', 'unresolved.mjs')], {
    env,
  });
  expect(out.match(/^::.*$/gm)!.map((line) => line.split('::')[1])).toEqual([
    'error file=fixtures/cases/wrong.mjs,line=39,title=a sum for the mean%3A the gradient is wrong',
    'error file=fixtures/cases/wrong.mjs,line=40,title=a sign%3A the gradient is wrong',
    'warning file=fixtures/cases/unresolved.mjs,line=2,title=rounded to five digits%3A neither right nor wrong',
  ]);
  expect(out).toContain('  \u001b[31m✗\u001b[39m a sign  ');
  const text = await readFile(summary, 'utf8');
  expect(text).toMatch(/^before\n# Gradient check\n/);
  expect(text).toContain('4 cases: 1 agrees, 2 disagrees, 1 unresolved; seed 0.');
});
