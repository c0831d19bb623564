import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const PAGES = ['README', 'speed', 'agreement', 'accuracy'] as const;
/** As committed: a bench run since then, quick or not, is nobody's fault. */
function committed(path: string): string {
  try {
    return execFileSync('git', ['show', `HEAD:${path}`], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return readFileSync(path, 'utf8'); // not yet committed, or no checkout
  }
}

const read = (name: string): string => committed(`reports/${name}`);

describe('the committed reports', () => {
  test.each(PAGES)('%s is of a full run on every workload', (page) => {
    const text = read(`${page}.md`);
    expect(text).not.toMatch(/\*\*quick\*\*/);
    expect(text).toContain('**workloads** W1, W2, W3, W4, W5');
    if (page !== 'README') expect(JSON.parse(read(`${page}.json`)).quick).toBe(false);
  });

  test('checker is of a full run', () => {
    expect(read('checker.md')).not.toMatch(/\*\*quick\*\*/);
    expect(JSON.parse(read('checker.json'))).toMatchObject({ quick: false });
  });

  test.each([...PAGES, 'checker'])('every link and picture of %s leads somewhere', (page) => {
    const text = read(`${page}.md`);
    const targets = [
      ...[...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!),
      ...[...text.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, target]) => target!),
    ];
    for (const target of targets.filter((t) => !/^https?:/.test(t))) {
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? text : read(file);
      if (anchor !== undefined) expect(anchors(linked), target).toContain(anchor);
    }
  });

  test('the README quotes the times and ratios of speed.md', () => {
    const rows = [...committed('README.md').matchAll(/^\|.*\| ([\d.]+ [µm]s) \| ([\d.]+×) \|$/gm)];
    const w1 = read('speed.md').split('\n## W1')[1]!.split('\n## ')[0]!;
    const names = [
      'manual-fused',
      'tape-fused',
      'manual-textbook',
      'tape-textbook',
      'matrix-class',
    ];
    expect(rows).toHaveLength(names.length);
    names.forEach((name, i) => {
      const [, step, ratio] = rows[i]!;
      expect(w1).toMatch(new RegExp(`\\| ${name} \\| ${step} \\(.*?\\) \\| ${ratio} `));
    });
  });

  test('the answer has at most 200 words, and each sentence links the figure it rests on', () => {
    const answer = read('README.md').split('\n## ')[0]!;
    const paragraphs = answer.split('\n\n').filter((p) => /^\*\*\w[^*]*\?\*\*/.test(p));
    expect(paragraphs).toHaveLength(3);
    const plain = paragraphs.join(' ').replace(/\]\([^)]*\)/g, ']');
    expect(plain.split(/\s+/).length).toBeLessThanOrEqual(200);
    for (const paragraph of paragraphs) {
      const sentences = paragraph.replace(/^\*\*[^*]*\*\* /, '').split(/(?<=[.)])\.? (?=[A-Z])/);
      for (const sentence of sentences) expect(sentence).toMatch(/\]\([^)]+\)/);
    }
  });
});

/** The anchors that GitHub gives a page's headings. */
const anchors = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
