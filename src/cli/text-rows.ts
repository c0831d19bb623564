import { wrapped } from '../report/wrapped.ts';

/**
 * Rows of text as lines of at most `width` characters: every column but the last as wide as its widest
 * cell, the last one wrapped between words below itself. Where that leaves it too little room, each
 * row is a heading of its other cells with the last one below, indented.
 */
export function textRows(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).slice(0, -1).map((_, i) => maxLength(rows.map((row) => row[i]!)));
  const indent = widths.reduce((sum, w) => sum + w + GAP, 0);
  const isStacked = width - indent < LEAST_WIDTH;
  return rows.flatMap((row) => {
    const last = row.at(-1)!;
    if (isStacked) {
      const heading = row.slice(0, -1).join(' '.repeat(GAP)).trim();
      const lines = heading.length > width ? wrapped(heading, width) : [heading];
      const below = wrapped(last, width - GAP).map((line) => ' '.repeat(GAP) + line);
      return heading === '' ? below : [...lines, ...below];
    }
    const start = widths.map((w, i) => row[i]!.padEnd(w + GAP)).join('');
    const [first = '', ...rest] = wrapped(last, width - indent);
    return [start + first, ...rest.map((line) => ' '.repeat(indent) + line)].map((line) =>
      line.trimEnd(),
    );
  });
}

const GAP = 2;

/** Of a last column that can be read: three or four words a line. */
const LEAST_WIDTH = 24;

const maxLength = (texts: readonly string[]): number =>
  Math.max(...texts.map((text) => text.length));
