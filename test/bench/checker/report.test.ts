import { expect, test } from 'vitest';
import type { Part } from '../../../bench/checker/part.ts';
import { checkerReport } from '../../../bench/checker/report.ts';
import { renderJson } from '../../../src/report/json.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { heading } from '../../../src/report/report.ts';

const part = (name: string, ok = true): Part => ({
  blocks: [heading(2, `All of ${name}`)],
  ok,
  headline: [`${name}: one`, `${name}: two`],
});
const all = {
  cost: part('cost'),
  detection: part('detection'),
  mistakes: part('mistakes'),
  'right-cases': part('right-cases'),
};
const told = { quick: false, header: [{ name: 'seed', value: '0' }] };
const page = (results: Parameters<typeof checkerReport>[0]): string =>
  renderMarkdown(checkerReport(results, told));

test('the page answers first, then has every part, in the order of the page', () => {
  const text = page(all);
  const at = [
    'All that it must do',
    '| detection |',
    '| mistakes |',
    '| right-cases |',
    '| cost |',
  ];
  const headings = ['detection', 'mistakes', 'right-cases', 'cost'].map((n) => `## All of ${n}`);
  const places = [...at, ...headings].map((what) => text.indexOf(what));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('every sentence that a part states stands beside what was asked', () => {
  const row = page(all)
    .split('\n')
    .find((line) => line.startsWith('| mistakes |'))!;
  expect(row).toContain('at least 95 % named');
  expect(row).toContain('mistakes: one<br>mistakes: two');
  expect(row).toContain('✓ holds');
});

test('a part that does not hold is named in the answer, and in its row', () => {
  const text = page({ ...all, mistakes: part('mistakes', false) });
  expect(text).not.toContain('All that it must do');
  expect(text).toContain('It did not do everywhere what it must: see mistakes.');
  expect(text).toMatch(/\| mistakes \|.*✗ fails/);
});

test('a limit of time that is missed fails nothing, and is not passed over', () => {
  const late = { ...part('cost'), headline: ['W5: 228 ms, limit 150 ms: missed'] };
  const text = page({ ...all, cost: late });
  expect(text).not.toContain('All that it must do');
  expect(text).toContain('Nothing is wrong, but a limit is missed: see cost.');
  expect(text).toMatch(/\| cost \|.*\? a limit missed/);
});

test('a script finds the answers as a table', () => {
  const { blocks } = JSON.parse(renderJson(checkerReport(all, told)));
  const table = blocks.find((b: { name?: string }) => b.name === 'checker-answers');
  expect(table.rows.map((r: { holds: string }) => r.holds)).toEqual(new Array(4).fill('holds'));
});

test('only the parts that ran are on the page', () => {
  const text = page({ cost: part('cost') });
  expect(text).toContain('All of cost');
  expect(text).not.toContain('detection');
});
