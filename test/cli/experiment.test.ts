import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runJson } from '../../src/cli/experiment-json.ts';
import { readRecorded } from '../../src/cli/experiment-recorded.ts';
import { runText } from '../../src/cli/experiment-text.ts';
import { runProgram } from '../../src/cli/program.ts';
import { experiments } from '../../src/experiments/experiments.ts';
import type { StatedFigure } from '../../src/experiments/stated-figure.ts';
import { pretended, pretendedResult } from './pretended-experiment.ts';

const all = Object.values(experiments);
const names = all.map(({ name }) => name);

async function experiment(
  args: readonly string[],
  columns?: number,
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const into = (key: 'out' | 'err') => ({
    ...(columns !== undefined && { columns }),
    write: (text: string): void => {
      written[key] += text;
    },
  });
  const code = await runProgram(['experiment', ...args], {
    stdout: into('out'),
    stderr: into('err'),
  });
  return { code, ...written };
}

describe('bad usage is exit code 2 and one line on standard error', () => {
  it.each([
    [[], 'expected a command; there is list, run (backproof experiment --help tells more)'],
    [['lits'], 'unknown command "lits"; there is list, run'],
    [['help'], 'unknown command "help"; there is list, run'],
    [['--json'], "unknown option '--json'"],
    [['list', 'two-layer'], 'too many arguments'],
    [['list', '--all'], "unknown option '--all'"],
    [['run'], `expected names of experiments, or --all; there are ${names.join(', ')}`],
    [['run', '--json'], `expected names of experiments, or --all; there are ${names.join(', ')}`],
    [['run', 'two-later'], `unknown experiment "two-later"; there are ${names.join(', ')}`],
    [['run', 'two-layer', 'constructor'], 'unknown experiment "constructor"; there are'],
    [['run', '--all', 'two-later'], 'unknown experiment "two-later"; there are'],
    [['run', 'two-layer', '--all'], 'got "two-layer" and --all, expected one or the other'],
    [['run', '--al'], '(Did you mean --all?)'],
    [['run', 'two-layer', '--seed'], 'argument missing'],
    [['run', 'two-layer', '--seed', '-1'], '--seed: got "-1", expected a whole number from 0 to 4'],
    ...['1.5', 'one', '', ' 1', '1e3', '0x1', '4294967296', '9007199254740993', 'Infinity'].map(
      (seed): [string[], string] => [
        ['run', 'two-layer', '--seed', seed],
        `--seed: got "${seed}", expected a whole number from 0 to 4294967295`,
      ],
    ),
  ])('backproof experiment %j', async (args, expected) => {
    const { code, out, err } = await experiment(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(expected);
    expect(err).toMatch(/^backproof: .*\n$/);
  });
});

describe('help goes to standard output, with exit code 0', () => {
  it.each([
    [
      ['--help'],
      /^Usage: backproof experiment <command> \[options\]\n[\s\S]*^ {2}list[\s\S]*^ {2}run/m,
    ],
    [['list', '-h'], /^Usage: backproof experiment list [\s\S]*--json/],
    [['run', '--help'], /^Usage: backproof experiment run [\s\S]*--all[\s\S]*--seed[\s\S]*--json/],
  ])('backproof experiment %j', async (args, expected) => {
    const { code, out, err } = await experiment(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(expected);
  });
});

describe('the list', () => {
  it('has every experiment in the table’s order, in aligned columns of at most 80 characters', async () => {
    const { code, out, err } = await experiment(['list']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [head, ...rows] = out.trimEnd().split('\n');
    const starts = ['NAME', 'SECTION', 'SHOWS'].map((title) => head!.indexOf(title));
    expect(rows.filter((row) => /^\S/.test(row)).map((row) => row.split(' ')[0])).toEqual(names);
    for (const row of rows) {
      expect(row.length).toBeLessThanOrEqual(80);
      // Each column begins after a gap, and none below another's text.
      for (const start of starts.slice(1)) expect(row.slice(start - 2, start)).toBe('  ');
      expect(row.slice(starts[2], starts[2]! + 1)).toMatch(/\S/);
    }
    const shown = rows.map((row) => row.slice(starts[2])).join(' ');
    for (const { shows } of all) expect(shown).toContain(shows.replace(/\s+/g, ' '));
  });

  it('follows the width of the terminal', async () => {
    const { out } = await experiment(['list'], 200);
    expect(out.trimEnd().split('\n')).toHaveLength(names.length + 1);
  });

  it('takes 80 columns where the terminal says 0, and stands below its names in a narrow one', async () => {
    expect(await experiment(['list'], 0)).toEqual(await experiment(['list'], 80));
    for (const width of [60, 30]) {
      const lines = (await experiment(['list'], width)).out.trimEnd().split('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      const shown = lines.filter((line) => line.startsWith('  ')).map((line) => line.trim());
      for (const { shows } of all) expect(shown.join(' ')).toContain(shows.replace(/\s+/g, ' '));
    }
  });

  it('--json is one document', async () => {
    const { out } = await experiment(['list', '--json']);
    expect(JSON.parse(out)).toEqual({
      experiments: all.map(({ name, title, section, shows }) => ({ name, title, section, shows })),
    });
  });
});

describe('what a run says', () => {
  const figure = (value: number, stated: StatedFigure['stated']): StatedFigure => ({
    what: 'a figure',
    value,
    stated,
  });
  const about = pretended('two-layer');
  const ran = (...stated: StatedFigure[]) => {
    const result = pretendedResult('two-layer', { seed: 0, header: [] }, { stated });
    return [{ about, result, page: 'two-layer.md' }];
  };

  it('a figure outside its range stands there with every digit, even one just outside', () => {
    expect(runText(ran(figure(0.29000000000000004, [0.24, 0.29])), 80)).toEqual([
      'two-layer  two-layer found, seed 0',
      '1 of 1 figures lie outside their stated ranges:',
      'two-layer  a figure: 0.29000000000000004, stated 0.24 – 0.29',
    ]);
  });

  it.each([
    [0.5, [1, Number.POSITIVE_INFINITY], 'a figure: 0.5, stated ≥ 1'],
    [0.5, [Number.NEGATIVE_INFINITY, 0], 'a figure: 0.5, stated ≤ 0'],
    [1e-300, [0, 0], 'a figure: 1e-300, stated 0'],
    [Number.NaN, [0, 1], 'a figure: NaN, stated 0 – 1'],
  ] as const)('%d against %j is "%s"', (value, stated, expected) => {
    expect(runText(ran(figure(value, stated)), 80).at(-1)).toBe(`two-layer  ${expected}`);
  });

  it('an exact figure that another seed misses is shown with that seed’s value', () => {
    const [result] = ran({ what: 'a figure', value: 0, seeds: [0, 3], stated: [0, 0] });
    expect(runText([result!], 80).at(-1)).toBe('two-layer  a figure: 3, stated 0');
  });

  it('ends of a range are inside it', () => {
    const text = runText(ran(figure(0, [0, 1]), figure(1, [0, 1]), figure(7, [7, 7])), 80);
    expect(text.at(-1)).toBe('All 3 figures lie in their stated ranges.');
  });

  it('in JSON, an open end is null, and what is not finite is text', () => {
    const stated = [figure(Number.NaN, [1, Number.POSITIVE_INFINITY])];
    const figures = {
      a: new Map([['b', new Map([[1, Number.NEGATIVE_INFINITY]])]]),
      c: [new Set([1])],
    };
    const result = pretendedResult('two-layer', { seed: 0, header: [] }, { stated, figures });
    const json = JSON.parse(runJson([{ about, result, page: 'p' }], { seed: 0, seeds: [0] }));
    expect(json.ok).toBe(false);
    expect(json.experiments[0].stated).toEqual([
      { what: 'a figure', value: 'NaN', low: 1, high: null, seeds: null, inside: false },
    ]);
    expect(json.experiments[0].figures).toEqual({ a: { b: { 1: '-Infinity' } }, c: [[1]] });
  });
});

describe('recorded measurements', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backproof-recorded-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async () => {
    const notes: string[] = [];
    const recorded = await readRecorded({ reports: folder, home: folder }, (n) => notes.push(n));
    return { recorded, notes };
  };

  it('are what the files hold', async () => {
    await mkdir(join(folder, 'bench/pytorch'), { recursive: true });
    await writeFile(join(folder, 'speed.json'), '{"title": "speed"}');
    await writeFile(join(folder, 'bench/pytorch/material.json'), '[1]');
    expect(await read()).toEqual({
      recorded: { speed: { title: 'speed' }, material: [1] },
      notes: [],
    });
  });

  it.each([
    ['missing', async () => {}, 'is missing'],
    ['not JSON', async () => writeFile(join(folder, 'speed.json'), '{"title": '), 'is not JSON'],
    ['a folder', async () => mkdir(join(folder, 'speed.json')), 'cannot be read (EISDIR)'],
  ])('that are %s are null, and a line says so', async (_, prepare, why) => {
    await prepare();
    const { recorded, notes } = await read();
    expect(recorded).toEqual({ speed: null, material: null });
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain(`speed.json ${why}, so no page quotes it; "backproof bench`);
  });
});
