import { formatNumber } from './format.ts';
import {
  assertReport,
  type Block,
  type Cell,
  type Chart,
  type Report,
  type Table,
} from './report.ts';

export interface MarkdownOptions {
  /** Folder of the charts, seen from the markdown file; the same folder unless said. */
  readonly charts?: string;
}

/** The report as GitHub flavoured markdown, ending in a newline. */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  assertReport(report);
  const charts = options.charts ? `${options.charts}/` : '';
  const parts = [`# ${oneLine(report.title)}`, ...header(report)];
  for (const block of report.blocks) parts.push(renderBlock(block, charts));
  return `${parts.join('\n\n')}\n`;
}

function header(report: Report): string[] {
  const fields = report.header.map(({ name, value }) => `**${name}** ${oneLine(value)}`);
  return [
    ...(report.quick ? ['> **quick** run: shortened, its figures are not for quoting.'] : []),
    ...(fields.length > 0 ? [fields.join(' · ')] : []),
  ];
}

function renderBlock(block: Block, charts: string): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${oneLine(block.text)}`;
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items
        .map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${oneLine(item)}`)
        .join('\n');
    case 'table':
      return renderTable(block);
    case 'chart':
      return renderPicture(block, charts);
    default:
      return block satisfies never;
  }
}

const RULES = { left: ':--', right: '--:', center: ':-:' } as const;

function renderTable(table: Table): string {
  const lines = [
    table.columns.map((column) => cellText(column.title)),
    table.columns.map((column) => RULES[column.align]),
    ...table.rows.map((row) => row.map((cell) => cellText(renderCell(cell)))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const MARKS = { good: '✓', bad: '✗', open: '?' } as const;

function renderCell(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'number': {
      const value = formatNumber(cell.value, cell.format);
      if (!cell.spread) return value;
      const [low, high] = cell.spread.map((bound) => formatNumber(bound, cell.format));
      return `${value} (${low} – ${high})`;
    }
    case 'verdict':
      return `${MARKS[cell.tone]} ${cell.verdict}`;
    case 'none':
      return `– ${cell.why}`.trimEnd();
    default:
      return cell satisfies never;
  }
}

/** A pipe ends a cell unless an odd number of backslashes stands before it; a newline always does. */
const cellText = (content: string): string =>
  content
    .trim()
    .replace(/(\\*)\|/g, (pipe, slashes: string) =>
      slashes.length % 2 === 1 ? pipe : `${slashes}\\|`,
    )
    .replace(/\\+$/, (slashes) => (slashes.length % 2 === 1 ? `${slashes}\\` : slashes))
    .replace(/\r\n|\r|\n/g, '<br>');

/** One file cannot follow the reader's colour scheme: two do. */
function renderPicture(chart: Chart, charts: string): string {
  const file = attribute(`${charts}${chart.name}`);
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${file}.dark.svg">`,
    `  <img alt="${attribute(chart.alt)}" src="${file}.light.svg">`,
    '</picture>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const attribute = (content: string): string =>
  oneLine(content).replace(/[&<>"]/g, (character) => ENTITIES[character]!);

const oneLine = (content: string): string => content.replace(/\s*[\r\n]+\s*/g, ' ').trim();
