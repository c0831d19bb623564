import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BenchOptions, runBench } from '../../bench/run.ts';
import type { Section, SectionContext, SectionName, Sections } from '../../bench/section.ts';
import { sections as projectSections } from '../../bench/sections.ts';
import { type Selection, select } from '../../bench/select.ts';
import { dotChart } from '../../src/report/charts/dots.ts';
import { type Block, paragraph } from '../../src/report/report.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backproof-bench-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A section that finds nothing out, and what it was told. */
function pretend(
  name: SectionName,
  { ok = true, blocks = [paragraph('found')] }: { ok?: boolean; blocks?: Block[] } = {},
): Section<string> & { readonly told: SectionContext[] } {
  const told: SectionContext[] = [];
  return {
    name,
    told,
    run: async (context) => {
      told.push(context);
      context.progress(0.5, name);
      const { quick, header } = context;
      return {
        report: { title: name, quick, header, blocks },
        ok,
        headline: [`${name} found`],
        figures: `figures of ${name}`,
      };
    },
  };
}

function selection(sections: Sections, ...only: string[]): Selection {
  const selected = select(only, sections);
  if (selected.kind !== 'selected') throw new Error(`unknown ${selected.name}`);
  return selected.selection;
}

/** Runs them and tells what was printed and drawn. */
async function bench<S extends Sections>(
  sections: S,
  options: Partial<BenchOptions<S>> = {},
): Promise<{ ok: boolean; lines: string[]; shares: number[] }> {
  const lines: string[] = [];
  const shares: number[] = [];
  const ok = await runBench({
    sections,
    selection: selection(sections),
    quick: false,
    folder,
    bar: { at: (share) => shares.push(share), done: () => shares.push(Number.NaN) },
    print: (line) => lines.push(line),
    ...options,
  });
  return { ok, lines, shares };
}

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const files = async (): Promise<string[]> => (await readdir(folder)).sort();

describe('what is selected', () => {
  const sections = { speed: pretend('speed'), agreement: pretend('agreement') };

  it.each([
    [[], ['speed', 'agreement'], ['W1', 'W2', 'W3', 'W4', 'W5']],
    [['agreement'], ['agreement'], ['W1', 'W2', 'W3', 'W4', 'W5']],
    [
      ['w5', 'W1'],
      ['speed', 'agreement'],
      ['W1', 'W5'],
    ],
    [['W2', 'Agreement', 'speed'], ['speed', 'agreement'], ['W2']],
  ])('--only %j is the sections %j on %j', (only, names, workloads) => {
    const everything = only.length === 0;
    expect(selection(sections, ...only)).toEqual({ sections: names, workloads, everything });
  });

  it('a name that is neither comes back with those that exist', () => {
    expect(select(['speed', 'accuracy'], sections)).toEqual({
      kind: 'unknown',
      name: 'accuracy',
      known: ['speed', 'agreement', 'W1', 'W2', 'W3', 'W4', 'W5'],
    });
  });
});

describe('what is written', () => {
  it('each section gets its markdown, its JSON, and its charts light and dark', async () => {
    const spec = dotChart({ title: 't', subtitle: '', axis: '', rows: [{ label: 'a', value: 1 }] });
    const chart: Block = { kind: 'chart', name: 'dots', alt: 'one dot', spec };
    await bench({ speed: pretend('speed', { blocks: [chart] }) });
    expect(await files()).toEqual(['charts', 'speed.json', 'speed.md']);
    expect(await read('speed.md')).toContain('src="charts/dots.light.svg"');
    expect(await read('charts/dots.light.svg')).toMatch(/^<svg/);
    expect(await read('charts/dots.dark.svg')).toMatch(/^<svg/);
    expect(JSON.parse(await read('speed.json'))).toMatchObject({ title: 'speed', quick: false });
  });

  it('the header names Node, CPU, seed and workloads', async () => {
    const sections = { speed: pretend('speed') };
    await bench(sections, { selection: selection(sections, 'W2', 'W4') });
    const { header } = JSON.parse(await read('speed.json'));
    expect(header).toMatchObject({ seed: '0', workloads: 'W2, W4' });
    expect(Object.keys(header)).toEqual(expect.arrayContaining(['Node', 'CPU', 'mathjs']));
  });

  it('a quick run says so in each report', async () => {
    await bench({ speed: pretend('speed') }, { quick: true });
    expect(await read('speed.md')).toContain('**quick** run');
    expect(JSON.parse(await read('speed.json')).quick).toBe(true);
  });

  it('a report that cannot be rendered leaves nothing, and those before it whole', async () => {
    const ragged: Block = {
      kind: 'table',
      name: 'ragged',
      columns: [{ key: 'a', title: 'a', align: 'left' }],
      rows: [[]],
    };
    const sections = {
      speed: pretend('speed'),
      agreement: pretend('agreement', { blocks: [ragged] }),
    };
    await expect(bench(sections)).rejects.toThrow('got 0 cells, expected 1');
    expect(await files()).toEqual(['charts', 'speed.json', 'speed.md']);
  });

  it('one JSON file holds every report where it is asked for', async () => {
    const sections = { speed: pretend('speed'), accuracy: pretend('accuracy', { ok: false }) };
    await bench(sections, { jsonFile: join(folder, 'all.json') });
    const all = JSON.parse(await read('all.json'));
    expect(all).toMatchObject({ ok: false, quick: false });
    expect(all.reports.speed).toEqual(JSON.parse(await read('speed.json')));
    expect(all.reports.accuracy.title).toBe('accuracy');
  });
});

describe('the summary', () => {
  const sections = { speed: pretend('speed'), agreement: pretend('agreement') };
  const summaries: NonNullable<BenchOptions<typeof sections>['summaries']> = (
    { speed, agreement },
    { quick, header },
  ) => ({
    README: {
      title: 'Answer',
      quick,
      header,
      blocks: [paragraph(`${speed.figures}, ${agreement.figures}`)],
    },
  });

  it('is made of the figures of all sections', async () => {
    const { lines } = await bench(sections, { summaries });
    expect(await read('README.md')).toContain('figures of speed, figures of agreement');
    expect(lines.at(-1)).toContain('README.md');
  });

  it.each([['speed'], ['W1']])('is left as it was by --only %s', async (only) => {
    const { lines } = await bench(sections, { summaries, selection: selection(sections, only) });
    expect(await files()).not.toContain('README.md');
    expect(lines.join()).not.toContain('README');
  });
});

describe('what the terminal sees', () => {
  it('headlines by section, and last where the reports are', async () => {
    const sections = { speed: pretend('speed'), agreement: pretend('agreement') };
    const { lines } = await bench(sections);
    expect(lines.slice(0, 2)).toEqual(['speed  speed found', 'agreement  agreement found']);
    expect(lines.at(-1)).toMatch(/^Reports: .*speed\.md, .*agreement\.md$/);
  });

  it('the bar moves through all sections and is wiped, even where one throws', async () => {
    const broken: Section = {
      name: 'agreement',
      run: async ({ progress }) => {
        progress(0.5, 'agreement');
        throw new Error('broken');
      },
    };
    const shares: number[] = [];
    const bar = { at: (share: number) => shares.push(share), done: () => shares.push(Number.NaN) };
    const run = bench({ speed: pretend('speed'), agreement: broken }, { bar });
    await expect(run).rejects.toThrow('broken');
    expect(shares).toEqual([0.25, 0.75, Number.NaN]);
  });

  it('all is well only where every section says so', async () => {
    const well = pretend('speed');
    expect((await bench({ speed: well })).ok).toBe(true);
    expect((await bench({ speed: well, agreement: pretend('agreement', { ok: false }) })).ok).toBe(
      false,
    );
  });
});

it('speed is timed before anything else has used the kernels', () => {
  expect(Object.keys(projectSections)[0]).toBe('speed');
});
