import { resultText } from '../check/gradient/result-text.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { type Block, heading, paragraph, type Tone, text, verdict } from '../report/report.ts';
import { type Stance, stanceOf } from './check-exit-code.ts';
import type { CheckedCase } from './check-file.ts';
import type { Checked } from './check-json.ts';
import { summaryLine } from './check-text.ts';

/** GitHub refuses summaries above 1 MiB: of more cases only the first are shown. */
const ROWS = 200;
const DETAILS = 20;

/** A run as the markdown of a step summary: what is not right, first as a table, then in full. */
export function checkedMarkdown(checked: Checked, version: string): string {
  const { seed, cases, errors } = checked;
  const bad = cases.filter((c) => c.verdict !== 'agrees');
  const header = [
    { name: 'backproof', value: version },
    { name: 'seed', value: String(seed) },
  ];
  const blocks: Block[] = [
    paragraph(`${summaryLine(checked)}.`),
    ...errors.map(({ message }) => paragraph(`Cannot be checked: ${code(message)}`)),
    ...(bad.length > 0 ? [tableOf(bad.slice(0, ROWS))] : []),
    ...(bad.length > ROWS ? [paragraph(`and ${bad.length - ROWS} more`)] : []),
    ...bad
      .slice(0, DETAILS)
      .flatMap((c) => [heading(3, code(c.name)), paragraph(fenced(resultText(c, { seed })))]),
  ];
  return renderMarkdown({ title: 'Gradient check', quick: false, header, blocks });
}

const TONES: { readonly [S in Stance]: Tone } = { right: 'good', wrong: 'bad', open: 'open' };

const tableOf = (cases: readonly CheckedCase[]): Block => ({
  kind: 'table',
  name: 'cases',
  columns: [
    { key: 'file', title: 'file', align: 'left' },
    { key: 'case', title: 'case', align: 'left' },
    { key: 'verdict', title: 'verdict', align: 'left' },
    { key: 'why', title: 'what is known', align: 'left' },
  ],
  rows: cases.map((c) => [
    text(code(c.file)),
    text(code(c.name)),
    verdict(c.verdict, TONES[stanceOf(c.verdict)]),
    text(known(c)),
  ]),
});

function known({ diagnosis, error }: CheckedCase): string {
  const what = diagnosis?.message ?? error;
  return what === null ? '' : code(what);
}

/** Between more backticks than the text has in a row, so that it stays as it is. */
function code(content: string): string {
  const line = content.replace(/\s+/g, ' ');
  const ticks = fence(line, 1);
  return ticks === '`' ? `\`${line}\`` : `${ticks} ${line} ${ticks}`;
}

const fenced = (content: string): string => {
  const ticks = fence(content, 3);
  return `${ticks}text\n${content}\n${ticks}`;
};

const fence = (content: string, least: number): string => {
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
};
