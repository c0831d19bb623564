import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.ts';
import {
  type Block,
  heading,
  none,
  number,
  paragraph,
  type Report,
  ratio,
  text,
  verdict,
} from '../../src/report/report.ts';
import { fc, test } from '../property.ts';

const report = (blocks: readonly Block[], quick = false): Report => ({
  title: 'Speed',
  quick,
  header: [
    { name: 'Node', value: '20.20.2' },
    { name: 'seed', value: '0' },
  ],
  blocks,
});

const oneCell = (content: string): Block => ({
  kind: 'table',
  name: 'one',
  columns: [{ key: 'a', title: 'a', align: 'left' }],
  rows: [[text(content)]],
});

/** The cells of a row, as GitHub splits it: at each pipe that no backslash escapes. */
const cells = (line: string): string[] =>
  line
    .slice(1, -1)
    .match(/(?:\\.|[^|\\])+/g)
    ?.map((cell) => cell.trim()) ?? [];

describe('a report in markdown', () => {
  it('reads as it should', () => {
    const blocks: Block[] = [
      paragraph('Manual *wins*.'),
      heading(2, 'W1'),
      {
        kind: 'table',
        name: 'w1',
        columns: [
          { key: 'method', title: 'method', align: 'left' },
          { key: 'time', title: 'time', align: 'right' },
          { key: 'ratio', title: 'ratio', align: 'right' },
          { key: 'verdict', title: 'verdict', align: 'center' },
        ],
        rows: [
          [
            text('`manual`'),
            number(54.1e-6, 'duration', [53e-6, 56.2e-6]),
            ratio(1),
            verdict('agrees', 'good'),
          ],
          [text('tape'), none('not run'), ratio(1.054), verdict('disagrees', 'bad')],
        ],
      },
      {
        kind: 'chart',
        name: 'speed',
        alt: 'manual is "fast" & first',
        spec: { data: { values: [] }, mark: 'point' },
      },
      { kind: 'list', items: ['one', 'two'] },
      { kind: 'list', ordered: true, items: ['first', 'second'] },
    ];
    expect(renderMarkdown(report(blocks), { charts: 'charts' })).toMatchInlineSnapshot(`
      "# Speed

      **Node** 20.20.2 · **seed** 0

      Manual *wins*.

      ## W1

      | method | time | ratio | verdict |
      | :-- | --: | --: | :-: |
      | \`manual\` | 54.1 µs (53.0 µs – 56.2 µs) | 1.00× | ✓ agrees |
      | tape | – not run | 1.05× | ✗ disagrees |

      <picture>
        <source media="(prefers-color-scheme: dark)" srcset="charts/speed.dark.svg">
        <img alt="manual is &quot;fast&quot; &amp; first" src="charts/speed.light.svg">
      </picture>

      - one
      - two

      1. first
      2. second
      "
    `);
  });

  it('says quick in its header when it is, and only then', () => {
    const top = (quick: boolean): string => renderMarkdown(report([], quick)).split('## ')[0]!;
    expect(top(true)).toMatch(/quick/);
    expect(top(false)).not.toMatch(/quick/);
  });

  it.each([
    ['a|b', '| a\\|b |'],
    ['a\\|b', '| a\\|b |'],
    ['a\\\\|b', '| a\\\\\\|b |'],
    ['a\nb\r\nc', '| a<br>b<br>c |'],
    ['ends in \\', '| ends in \\\\ |'],
  ])('keeps %j in one cell', (content, line) => {
    expect(
      renderMarkdown(report([oneCell(content)]))
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toBe(line);
  });

  test.prop([fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', 'x', '`', ' ') })])(
    'no content breaks out of its cell',
    (content) => {
      const lines = renderMarkdown(report([oneCell(content)]))
        .trimEnd()
        .split('\n');
      expect(cells(lines.at(-1)!)).toHaveLength(1);
      expect(lines.at(-2)).toBe('| :-- |');
    },
  );

  it('refuses a row with a cell too few', () => {
    const table = { ...oneCell(''), rows: [[text('fine')], []] } as Block;
    expect(() => renderMarkdown(report([table]))).toThrow(
      'report "Speed", table "one", row 1: got 0 cells, expected 1',
    );
  });
});
