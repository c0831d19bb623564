import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A README from one heading to the next. */
export interface Part {
  readonly heading: string;
  /** Fenced blocks, without the comments, which are translated. */
  readonly code: readonly string[];
  /** What stands between backticks, each once, sorted. */
  readonly spans: readonly string[];
}

export function parts(markdown: string): readonly Part[] {
  const blocks = fences(markdown);
  return marked(markdown)
    .split(/^(?=#+ )/m)
    .map((part) => ({
      heading: part.split('\n')[0]!,
      code: [...part.matchAll(/^FENCE (\d+)$/gm)].map(([, at]) => blocks[Number(at)]!),
      spans: [...new Set([...part.matchAll(/`([^`]+)`/g)].map(([, span]) => span!))].sort(),
    }));
}

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;
const COMMENT: Readonly<Record<string, RegExp>> = { sh: / +#.*$/gm, js: / *\/\/.*$/gm };

const fences = (markdown: string): readonly string[] =>
  [...markdown.matchAll(FENCE)].map(([, language, body]) => {
    const comment = COMMENT[language!];
    return `${language}\n${comment ? body!.replace(comment, '') : body}`;
  });

/** A mark with its number in place of each block, whose lines might look like headings. */
function marked(markdown: string): string {
  let at = 0;
  return markdown.replace(FENCE, () => `FENCE ${at++}`);
}

/** The cells of every table's every row, headers too. */
export const rows = (markdown: string): readonly (readonly string[])[] =>
  [...marked(markdown).matchAll(/^\| (?!:?--)(.*) \|$/gm)].map(([, cells]) => cells!.split(' | '));

/** Rows that link an experiment's page and give its command. */
export const experimentRows = (markdown: string, name: string): readonly (readonly string[])[] =>
  rows(markdown).filter(
    (cells) =>
      cells.includes(`[${name}](reports/experiments/${name}.md)`) &&
      cells.includes(`\`npx backproof experiment run ${name}\``),
  );

/** Time and ratio of each row of the speed table. */
export const resultRows = (markdown: string): readonly (readonly string[])[] =>
  rows(markdown)
    .map((cells) => cells.slice(-2))
    .filter(([, ratio]) => /^[\d.]+×$/.test(ratio ?? ''));

/** Of the last table, after its header: term and translation. */
export const words = (markdown: string): readonly (readonly string[])[] =>
  rows(markdown.slice(markdown.lastIndexOf('| :-- | :-- | :-- |'))).map((cells) =>
    cells.slice(0, 2),
  );

/** Link targets that lead to no file or no heading, seen from this path. */
export function brokenLinks(markdown: string, path: string): readonly string[] {
  const targets = [...markdown.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => {
    const [file = '', anchor] = target.split('#');
    const linked = join(dirname(path), file);
    if (file !== '' && !existsSync(linked)) return true;
    if (anchor === undefined) return false;
    return !anchors(file === '' ? markdown : readFileSync(linked, 'utf8')).includes(anchor);
  });
}

/** As GitHub makes them of headings. */
const anchors = (markdown: string): readonly string[] =>
  parts(markdown).map(({ heading }) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
