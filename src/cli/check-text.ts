import { styleText } from 'node:util';
import { agreementText, resultDetails } from '../check/gradient/result-text.ts';
import { VERDICT_WORDS } from '../check/gradient/result-text-words.ts';
import { wrapped } from '../report/wrapped.ts';
import { type Stance, stanceOf } from './check-exit-code.ts';
import type { CheckedCase, CheckedFile } from './check-file.ts';
import type { Checked } from './check-json.ts';

export interface CheckTextOptions {
  readonly seed: number;
  readonly columns: number;
  readonly colours: boolean;
}

/**
 * The cases of a file for the terminal: a line each, with what is to be said of those not right, and an
 * empty line behind; '' where there are none.
 */
export function fileText({ file, cases }: CheckedFile, options: CheckTextOptions): string {
  if (cases.length === 0) return '';
  const widths = {
    name: Math.min(NAME, longest(cases.map(({ name }) => oneLine(name)))),
    verdict: Math.min(VERDICT, longest(cases.map(({ verdict }) => verdict))),
  };
  const lines = cases.flatMap((c) => caseLines(c, widths, options));
  return `${[file, ...lines].join('\n').trimEnd()}\n\n`;
}

/** What stands below all files; '' where there is no case. */
export const endText = (checked: Checked, { columns }: CheckTextOptions): string =>
  checked.cases.length === 0 ? '' : `${wrapped(summaryLine(checked), columns).join('\n')}\n`;

/** What is longer stands beyond its column. */
const NAME = 28;
const VERDICT = 10;
const INDENT = '    ';

const MARKS = {
  right: ['✓', 'green'],
  wrong: ['✗', 'red'],
  open: ['?', 'yellow'],
} as const satisfies { readonly [S in Stance]: readonly [mark: string, colour: string] };

function caseLines(
  checked: CheckedCase,
  widths: { readonly name: number; readonly verdict: number },
  options: CheckTextOptions,
): string[] {
  const [mark, colour] = MARKS[stanceOf(checked.verdict)];
  const [name, verdict] = [
    oneLine(checked.name).padEnd(widths.name),
    checked.verdict.padEnd(widths.verdict),
  ];
  const room = options.columns - `  ${mark} ${name}  ${verdict}  `.length;
  const { said, below } = saidOf(checked, options, room);
  const painted = (text: string): string =>
    options.colours ? styleText(colour, text, { validateStream: false }) : text;
  const line = `  ${painted(mark)} ${name}  ${painted(verdict)}  ${said}`;
  const details = below.map((text) => `${INDENT}${text}`.trimEnd());
  return details.length > 0 ? [line, ...details, ''] : [line];
}

/** What stands behind a verdict, in so many characters, and what below. */
function saidOf(
  checked: CheckedCase,
  { seed, columns }: CheckTextOptions,
  room: number,
): { readonly said: string; readonly below: readonly string[] } {
  const { verdict, mode, error } = checked;
  const text = { columns: columns - INDENT.length, ...(mode !== null && { seed }) };
  const below = resultDetails(checked, text);
  if (verdict === 'agrees') return { said: agreementText(checked), below };
  // Of a case that was not judged its error is all there is to say.
  const alone = below.length === 1 && error !== null && error.length <= room;
  return alone ? { said: error, below: [] } : { said: VERDICT_WORDS[verdict], below };
}

const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, text.length), 0);

/** A name may be anything, also what would move the cursor. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');

/** `3 cases: 1 agrees, 2 disagrees; seed 0`, and what could not be read. */
export function summaryLine({ seed, cases, errors }: Checked): string {
  const counts = new Map<string, number>();
  for (const { verdict } of cases) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const each = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const unread = errors.length === 0 ? '' : `; ${errors.length} not checked`;
  return `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}: ${each}${unread}; seed ${seed}`;
}
