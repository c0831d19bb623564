/**
 * Rows of text as lines of at most `width` characters: every column but the last as wide as its widest
 * cell, the last one wrapped between words below itself.
 */
export function textRows(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).slice(0, -1).map((_, i) => maxLength(rows.map((row) => row[i]!)));
  const indent = widths.reduce((sum, w) => sum + w + GAP, 0);
  return rows.flatMap((row) => {
    const start = widths.map((w, i) => row[i]!.padEnd(w + GAP)).join('');
    const [first = '', ...rest] = wrapped(row.at(-1)!, width - indent);
    return [start + first, ...rest.map((line) => ' '.repeat(indent) + line)].map((line) =>
      line.trimEnd(),
    );
  });
}

const GAP = 2;

const maxLength = (texts: readonly string[]): number =>
  Math.max(...texts.map((text) => text.length));

/** A word longer than the width stands alone, and too wide. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
