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
const page = (results: Parameters<typeof checkerReport>[0], quick = false): string =>
  renderMarkdown(checkerReport(results, { ...told, quick }));

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
  const late = { ...part('cost'), missed: ['W5 within 150 ms'] };
  const text = page({ ...all, cost: late });
  expect(text).not.toContain('All that it must do');
  expect(text).toContain('Nothing is wrong, but a limit is missed: see cost.');
  expect(text).toMatch(/\| cost \|.*\? a limit missed/);
});

test('a part keeps all its limits where its prose speaks of missed ones', () => {
  const text = page({
    ...all,
    cost: { ...part('cost'), headline: ['no error missed'], missed: [] },
  });
  expect(text).toContain('All that it must do, it did.');
});

test('a shortened run claims nothing, but a failure is one', () => {
  const text = page(all, true);
  expect(text).not.toMatch(/All that it must do|✓ holds/);
  expect(text).toContain('which proves nothing; nothing spoke against it.');
  expect(text).toMatch(/\| cost \|.*\? not proved: a shortened run/);
  const late = page({ ...all, cost: { ...part('cost'), missed: ['W5 within 150 ms'] } }, true);
  expect(late).toContain('which proves nothing; a limit is missed: see cost.');
  const failed = page({ ...all, mistakes: part('mistakes', false) }, true);
  expect(failed).toContain('It did not do everywhere what it must: see mistakes.');
});

test('a run of some parts answers for those', () => {
  const text = page({ cost: part('cost') });
  expect(text).toContain('All that it must do in cost, it did; the rest was not run.');
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
