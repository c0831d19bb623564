import { resultText } from '../check/gradient/result-text.ts';
import { VERDICT_WORDS } from '../check/gradient/result-text-words.ts';
import { stanceOf } from './check-exit-code.ts';
import type { CheckedCase, CheckedFile, InputError } from './check-file.ts';

/**
 * Files as JUnit XML, as Jenkins, GitLab and GitHub's actions read it: a suite a file. A wrong gradient
 * is a failure; a case without an answer, or without a result, is an error; one that could not be judged is
 * skipped: it neither passed nor failed.
 */
export function checkedJunit(files: readonly CheckedFile[], seed: number): string {
  const suites = files.map((file) => suiteOf(file, seed));
  const totals = sum(suites.map(({ counts }) => counts));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'backproof check', ...totals })}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function suiteOf(
  { file, cases, errors }: CheckedFile,
  seed: number,
): { readonly counts: Counts; readonly lines: readonly string[] } {
  const tests = [...cases.map((c) => caseOf(c, seed)), ...errors.map(errorOf)];
  const number = (outcome: Outcome): number => tests.filter((t) => t.outcome === outcome).length;
  const counts = {
    tests: tests.length,
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
  };
  return {
    counts,
    lines: [
      `  <testsuite${attributes({ name: file, ...counts })}>`,
      `    <properties><property${attributes({ name: 'seed', value: seed })}/></properties>`,
      ...tests.flatMap(({ lines }) => lines),
      '  </testsuite>',
    ],
  };
}

interface Test {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

function caseOf(checked: CheckedCase, seed: number): Test {
  const { verdict } = checked;
  const outcome = outcomeOf(checked);
  const message = VERDICT_WORDS[verdict];
  return testOf(checked, outcome, { message, type: verdict }, resultText(checked, { seed }));
}

function outcomeOf({ verdict }: CheckedCase): Outcome {
  if (verdict === 'threw' || verdict === 'timed-out') return 'error';
  return ({ right: 'passed', wrong: 'failure', open: 'skipped' } as const)[stanceOf(verdict)];
}

const errorOf = ({ file, case: index, message }: InputError): Test =>
  testOf(
    { file, name: index === null ? '(the file)' : `case ${index}` },
    'error',
    { message, type: 'input' },
    message,
  );

function testOf(
  { file, name }: { readonly file: string; readonly name: string },
  outcome: Outcome,
  why: { readonly message: string; readonly type: string },
  text: string,
): Test {
  const start = `    <testcase${attributes({ classname: file, name, file })}`;
  if (outcome === 'passed') {
    return {
      outcome,
      lines: [`${start}>`, `      <system-out>${escaped(text)}</system-out>`, '    </testcase>'],
    };
  }
  // A reason in an attribute alone: some readers know `skipped` without text or type.
  const { message, type } = why;
  const inside =
    outcome === 'skipped'
      ? [
          `      <skipped${attributes({ message })}/>`,
          `      <system-out>${escaped(text)}</system-out>`,
        ]
      : [`      <${outcome}${attributes({ message, type })}>${escaped(text)}</${outcome}>`];
  return { outcome, lines: [`${start}>`, ...inside, '    </testcase>'] };
}

const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (a, b) => ({
      tests: a.tests + b.tests,
      failures: a.failures + b.failures,
      errors: a.errors + b.errors,
      skipped: a.skipped + b.skipped,
    }),
    { tests: 0, failures: 0, errors: 0, skipped: 0 },
  );

const attributes = (all: Readonly<Record<string, string | number>>): string =>
  Object.entries(all)
    .map(([name, value]) => ` ${name}="${escaped(String(value), true)}"`)
    .join('');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Text or an attribute's value. What XML 1.0 has no way to write (control characters, lone surrogates,
 * U+FFFE, U+FFFF: §2.2) becomes U+FFFD; in an attribute, white space would be read as spaces (§3.3.3).
 */
function escaped(text: string, inAttribute = false): string {
  const legal = text
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
    .replace(/[&<>"]/g, (c) => ENTITIES[c]!)
    .replaceAll('\r', '&#13;');
  return inAttribute ? legal.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;') : legal;
}
