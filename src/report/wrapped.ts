/**
 * Words as lines of at most `width` characters: a longer word stands alone, and too wide; a number and
 * its % are one word.
 */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.replace(/(\d) %/g, '$1\u00a0%').split(/[ \n]+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
