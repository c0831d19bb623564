import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExperimentName, ExperimentResult } from '../../src/experiments/experiment.ts';
import { claims } from '../../src/experiments/material/claims.ts';
import { materialFindings } from '../../src/experiments/material/findings.ts';
import { byPart, parts } from '../../src/experiments/material/sections.ts';
import { torchFacts } from '../../src/experiments/material/torch-facts.ts';
import { materialPages } from '../../src/experiments/material.ts';
import type { AllResults } from '../../src/experiments/results.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { FLIPS, type Kind, question, twoLayer } from './material-flips.ts';
import { type MutableFacts, plantedFacts } from './planted-facts.ts';

const changed = (change: (facts: MutableFacts) => void): MutableFacts => {
  const facts = plantedFacts();
  change(facts);
  return facts;
};

const CLAIMS = claims.map((claim) => [claim.id, claim] as const);

describe('claims', () => {
  test('each is named once, and each is flipped here', () => {
    const ids = claims.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(FLIPS).sort()).toEqual([...ids].sort());
  });

  test('stand in the order of the material', () => {
    expect(byPart(claims).flatMap(({ of }) => of)).toEqual(claims);
    expect(() => byPart([{ section: '9' }])).toThrow(
      'section "9" of the material: there are 1, 1.1',
    );
  });

  test.each(CLAIMS)(
    '%s: the verdict follows from the figures, and so does the evidence',
    (id, claim) => {
      const [measured, ...flips] = FLIPS[id]!;
      const found = claim.judge(plantedFacts());
      expect(found.kind).toBe(measured);
      for (const [kind, change] of flips) {
        const other = claim.judge(changed(change));
        expect(other.kind).toBe(kind);
      }
      const kinds = [measured, ...flips.map(([kind]) => kind)];
      expect(kinds).toEqual(expect.arrayContaining(['holds', 'fails']));
      expect(new Set(kinds).size).toBe(kinds.length);
    },
  );

  test.each(CLAIMS)('%s is told in both languages', (id, claim) => {
    const [, ...flips] = FLIPS[id]!;
    const found = [plantedFacts(), ...flips.map(([, change]) => changed(change))].map(claim.judge);
    const said = [
      claim.says,
      ...found.flatMap((judgement) => [
        judgement.evidence,
        ...(judgement.kind === 'holds-if' ? [judgement.condition] : []),
      ]),
    ];
    for (const { en, zh } of said) {
      expect(en).not.toMatch(/undefined|NaN|\p{Script=Han}/u);
      expect(zh).not.toMatch(/undefined|NaN/);
      if (zh !== en) expect(zh).toMatch(/\p{Script=Han}/u); // an error is quoted as it is
    }
    expect(claim.says.zh).not.toBe(claim.says.en);
  });

  test('are open where nothing was recorded, of PyTorch or of speed', () => {
    const facts = changed((f) => {
      question(f).speed = null;
    });
    const open = claims.filter(({ judge }) => judge({ ...facts, torch: null }).kind === 'open');
    expect(open.map(({ source }) => source)).toEqual(
      claims.map(({ source }) => source).filter((s) => s === 'pytorch' || s === 'speed'),
    );
    expect(open.length).toBeGreaterThan(5);
  });
});

const material: unknown = JSON.parse(await readFile('bench/pytorch/material.json', 'utf8'));

/** Of the planted figures; the pages read nothing of a result but these and a header. */
const results = (facts: MutableFacts = plantedFacts()): AllResults => {
  const header = [{ name: 'seed', value: '0' }];
  const of = (name: ExperimentName): ExperimentResult => ({
    report: { title: name, quick: false, header, blocks: [] },
    stated: [],
    headline: [],
    figures: facts.figures[name],
  });
  return Object.fromEntries(
    (Object.keys(facts.figures) as ExperimentName[]).map((name) => [name, of(name)]),
  ) as unknown as AllResults; // each name with its own figures
};

const rendered = (
  facts?: MutableFacts,
  recorded: unknown = material,
): Readonly<Record<'material' | 'material.zh-CN', string>> => {
  const pages = materialPages(results(facts), { speed: null, material: recorded });
  return {
    material: renderMarkdown(pages.material),
    'material.zh-CN': renderMarkdown(pages['material.zh-CN']),
  };
};

describe('the pages', () => {
  const pages = rendered();

  test('have every claim and every finding, and nothing undefined', () => {
    for (const claim of claims) {
      expect(pages.material).toContain(`| ${claim.says.en} |`);
      expect(pages['material.zh-CN']).toContain(`| ${claim.says.zh} |`);
    }
    for (const { textSays, codeDoes, zh } of materialFindings(material)) {
      expect(pages.material).toContain(`| ${textSays} | ${codeDoes} |`);
      expect(pages['material.zh-CN']).toContain(`| ${zh.textSays} | ${zh.codeDoes} |`);
    }
    for (const [page, heading] of [
      [pages.material, '## What its code does'],
      [pages['material.zh-CN'], '## 代码实际做了什么'],
    ] as const) {
      expect(page).not.toContain('[object');
      // Of findings, some tell of NaN and of undefined names.
      expect(page.split(`${heading}\n`)[0]).not.toMatch(/undefined|NaN/);
      expect(page.split(`${heading}\n`)).toHaveLength(2);
    }
  });

  test('count their verdicts', () => {
    const measured = Object.values(FLIPS).map(([kind]) => kind);
    const of = (kind: Kind): number => measured.filter((k) => k === kind).length;
    expect(pages.material).toContain(
      `**Of ${claims.length} claims ${of('holds')} hold, ${of('holds-if')} hold only under a condition, ${of('fails')} do not hold.**`,
    );
    const { material: page } = rendered(undefined, null);
    expect(page).toMatch(/do not hold; \d+ could not be judged\.\*\*/);
    expect(page).toContain('No findings were recorded');
  });

  test('a figure that is otherwise changes its row', () => {
    const { material: page } = rendered(changed((f) => twoLayer(f, 'lossRises', [0, 1])));
    expect(pages.material).toContain('falls all the time. | ✓ holds |');
    expect(page).toContain('falls all the time. | ✗ does not hold |');
  });

  test('link to pages and files that are there, and give the command of each', () => {
    const names = Object.keys(plantedFacts().figures);
    for (const page of Object.values(pages)) {
      const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
      for (const target of new Set(targets)) {
        if (/^https:|^material/.test(target)) continue;
        const [, name] = /^experiments\/(.+)\.md$/.exec(target) ?? [];
        if (name === undefined) expect(existsSync(join('reports', target)), target).toBe(true);
        else {
          expect(names).toContain(name);
          expect(page).toContain(`\`npx backproof experiment run ${name}\``);
        }
      }
      expect(page).toContain('`npm run bench`');
      expect(page).toContain('`python3 bench/pytorch/material.py`');
    }
  });

  test('have the same headings and rows in both languages', () => {
    const [en, zh] = Object.values(pages).map((page) => page.split('\n'));
    const shape = (lines: readonly string[]): readonly string[] =>
      lines.map((line) => (/^(#+|\|)/.exec(line) ?? [''])[0]);
    expect(shape(zh!)).toEqual(shape(en!));
  });

  test('name the book, and no path of a machine', () => {
    for (const page of Object.values(pages)) {
      expect(page).toContain('邱锡鹏');
      expect(page).toContain('https://nndl.github.io/');
      expect(page).not.toMatch(/\/(home|root|tmp|Users)\//);
    }
  });
});

describe('torchFacts', () => {
  test('reads what PyTorch did', () => {
    expect(torchFacts(material)).toMatchObject({
      weight: [5, 2],
      biasFalse: true,
      zeros: { units: 5, rows: 1, values: 2 },
    });
  });

  test('refuses what is no file of findings, or lacks one', () => {
    expect(() => torchFacts(3)).toThrow('material.json: got 3, expected an object');
    expect(() => torchFacts({ findings: [] })).toThrow('no finding "linear-shape"');
    expect(() =>
      torchFacts({ findings: [{ id: 'linear-shape', evidence: { rows: '5' } }] }),
    ).toThrow('linear-shape evidence rows: got "5", expected a number');
  });
});

test('every part of the material has claims or findings', () => {
  const sections = [...claims, ...materialFindings(material)].map(({ section }) => section);
  for (const part of parts) {
    expect(part.sections.some((section) => sections.includes(section))).toBe(true);
  }
});
