import type { NumberFormat } from './format.ts';

/** A report as plain data; the renderers make markdown, JSON and charts of it. */
export interface Report {
  readonly title: string;
  /** Whether this was a shortened run: its figures are not for quoting, and the header says so. */
  readonly quick: boolean;
  /** What the figures depend on: Node, CPU, versions, seed. */
  readonly header: readonly HeaderField[];
  readonly blocks: readonly Block[];
}

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** `text` and `items` are inline markdown. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered?: boolean; readonly items: readonly string[] }
  | Table
  | Chart;

export interface Table {
  readonly kind: 'table';
  /** How a script finds it in the JSON document. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Each row as long as `columns`. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface Column {
  /** The cell's key in the JSON document. */
  readonly key: string;
  readonly title: string;
  readonly align: 'left' | 'right' | 'center';
}

export type Cell =
  /** Inline markdown. */
  | { readonly kind: 'text'; readonly text: string }
  | NumberCell
  | { readonly kind: 'verdict'; readonly verdict: string; readonly tone: Tone }
  /** Nothing to show, and why: `not run`, `unsupported`. */
  | { readonly kind: 'none'; readonly why: string };

export interface NumberCell {
  readonly kind: 'number';
  readonly value: number;
  readonly format: NumberFormat;
  /** Where the middle half of the measurements lie. */
  readonly spread?: readonly [low: number, high: number];
}

/** Whether a verdict speaks for the thing judged, against it, or leaves it open. */
export type Tone = 'good' | 'bad' | 'open';

/**
 * A Vega-Lite specification. Not its own type: that would make whoever checks our types check all of
 * Vega-Lite's, which do not pass under `exactOptionalPropertyTypes`.
 */
export type ChartSpec = Readonly<Record<string, unknown>>;

export interface Chart {
  readonly kind: 'chart';
  /** Base name of the files: `NAME.light.svg` and `NAME.dark.svg`. */
  readonly name: string;
  /** What a reader who cannot see the chart must know. */
  readonly alt: string;
  readonly spec: ChartSpec;
}

export const heading = (level: 2 | 3 | 4, text: string): Block => ({
  kind: 'heading',
  level,
  text,
});

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

export const text = (content: string): Cell => ({ kind: 'text', text: content });

export const none = (why: string): Cell => ({ kind: 'none', why });

export const verdict = (word: string, tone: Tone): Cell => ({
  kind: 'verdict',
  verdict: word,
  tone,
});

/** A number with the way it is written and, where it was measured, its spread. */
export const number = (
  value: number,
  format: NumberFormat,
  spread?: readonly [low: number, high: number],
): Cell => ({ kind: 'number', value, format, ...(spread && { spread }) });

/** `1.05×`. */
export const ratio = (value: number, spread?: readonly [low: number, high: number]): Cell =>
  number(value, 'ratio', spread);

/** Throws unless every row of every table has a cell a column. */
export function assertReport(report: Report): void {
  for (const block of report.blocks) {
    if (block.kind !== 'table') continue;
    block.rows.forEach((row, i) => {
      if (row.length !== block.columns.length) {
        throw new RangeError(
          `report "${report.title}", table "${block.name}", row ${i}: got ${row.length} cells, ` +
            `expected ${block.columns.length}`,
        );
      }
    });
  }
}
