import { describe, expect, it } from 'vitest';
import { type IndexEntry, indexPage } from '../../src/experiments/index-page.ts';
import type { StatedFigure } from '../../src/experiments/stated-figure.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { pretended, pretendedResult } from '../cli/pretended-experiment.ts';

const inside: StatedFigure = { what: 'a figure inside', value: 1, stated: [0, 1] };
const outside: StatedFigure = { what: 'a figure outside', value: 2, stated: [0, 1] };

const entry = (name: 'two-layer' | 'zero-init', stated: readonly StatedFigure[]): IndexEntry => ({
  about: pretended(name),
  result: pretendedResult(name, { seed: 3, header: [] }, { stated }),
});

const markdown = (...entries: IndexEntry[]): string =>
  renderMarkdown(indexPage(entries, { seed: 3, header: [{ name: 'seed', value: '3' }] }));

describe('the index of experiments', () => {
  const page = markdown(
    entry('two-layer', [inside, inside]),
    entry('zero-init', [inside, outside]),
  );

  it('has a row an experiment: link, section, what it shows, and how many figures are inside', () => {
    expect(page).toContain(
      '| [two-layer](two-layer.md) | 1.2 | What two-layer shows. | ✓ all 2 |\n' +
        '| [zero-init](zero-init.md) | 1.2 | What zero-init shows. | ✗ 1 of 2 |',
    );
  });

  it('says its seed, and what came out for it', () => {
    expect(page).toContain('**seed** 3');
    expect(page).toContain(
      '## What came out, for seed 3\n\n' +
        '- [Title of two-layer](two-layer.md)<br>two-layer found, seed 3\n',
    );
  });

  it('repeats the figures outside their ranges, and no others', () => {
    const [, section] = page.split('## Figures outside their ranges');
    expect(section).toMatch(/\| a figure outside \| [^|]+ \| seed 3 \| /);
    expect(section).not.toContain('a figure inside');
    expect(section).not.toContain('two-layer');
    expect(markdown(entry('two-layer', [inside]))).not.toContain('outside');
  });
});
