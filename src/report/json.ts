import { assertReport, type Block, type Cell, type Report } from './report.ts';

/** The report as one JSON document: tables as rows keyed by column, charts as name and alt text. */
export function renderJson(report: Report): string {
  assertReport(report);
  return toJson({
    title: report.title,
    quick: report.quick,
    header: Object.fromEntries(report.header.map(({ name, value }) => [name, value])),
    blocks: report.blocks.map(blockData),
  });
}

/**
 * Any plain data as JSON, two spaces deep, ending in a newline. Keys are sorted, so that equal data
 * give equal bytes; NaN and ±∞ become the strings "NaN", "Infinity", "-Infinity", which `Number`
 * reads back; typed arrays become arrays.
 */
export function toJson(data: unknown): string {
  return `${JSON.stringify(data, plain, 2)}\n`;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (value instanceof Float64Array || value instanceof Float32Array) return Array.from(value);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function blockData(block: Block): unknown {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'list':
      return block;
    case 'table': {
      const { kind, name, columns } = block;
      const rows = block.rows.map((row) =>
        Object.fromEntries(columns.flatMap((column, i) => cellEntries(column.key, row[i]!))),
      );
      return { kind, name, columns: columns.map(({ key, title }) => ({ key, title })), rows };
    }
    case 'chart':
      return { kind: block.kind, name: block.name, alt: block.alt };
    default:
      return block satisfies never;
  }
}

/** The value under the column's key, null where there is none; a spread or a reason beside it. */
function cellEntries(key: string, cell: Cell): [string, unknown][] {
  switch (cell.kind) {
    case 'text':
      return [[key, cell.text]];
    case 'number':
      return cell.spread
        ? [
            [key, cell.value],
            [`${key}Spread`, cell.spread],
          ]
        : [[key, cell.value]];
    case 'verdict':
      return [[key, cell.verdict]];
    case 'none':
      return [
        [key, null],
        [`${key}Why`, cell.why],
      ];
    default:
      return cell satisfies never;
  }
}
