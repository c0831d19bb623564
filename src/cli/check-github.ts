import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { resultText } from '../check/gradient/result-text.ts';
import { VERDICT_WORDS } from '../check/gradient/result-text-words.ts';
import { stanceOf } from './check-exit-code.ts';
import type { CheckedCase, CheckedFile, InputError } from './check-file.ts';

/**
 * Workflow commands of GitHub Actions for what is not right, at the line that has the case's name where
 * the file has it once. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export async function githubCommands(
  files: readonly CheckedFile[],
  { seed, workspace }: { readonly seed: number; readonly workspace: string },
): Promise<string> {
  const lines: string[] = [];
  for (const { file, cases, errors } of files) {
    const source = await readFile(file, 'utf8').catch(() => '');
    const path = seenFrom(workspace, file);
    const bad = cases.filter(({ verdict }) => verdict !== 'agrees');
    lines.push(...bad.map((c) => caseCommand(c, path, source, seed)));
    lines.push(...errors.map((e) => errorCommand(e, path)));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function caseCommand(checked: CheckedCase, path: string, source: string, seed: number): string {
  const { name, verdict } = checked;
  return command(
    stanceOf(verdict) === 'wrong' ? 'error' : 'warning',
    resultText(checked, { seed }),
    {
      file: path,
      line: lineOf(name, source),
      title: `${name}: ${VERDICT_WORDS[verdict]}`,
    },
  );
}

const errorCommand = ({ message }: InputError, path: string): string =>
  command('error', message, { file: path, line: null, title: 'cannot be checked' });

function command(
  level: 'error' | 'warning',
  message: string,
  properties: Readonly<Record<string, string | number | null>>,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${propertyText(String(value))}`)
    .join(',');
  return `::${level} ${given}::${messageText(message)}`;
}

/** As the runner reads it back: actions/toolkit, packages/core/src/command.ts. */
const messageText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const propertyText = (text: string): string =>
  messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The line with the name in quotes, if there is but one. */
function lineOf(name: string, source: string): number | null {
  const found = source
    .split('\n')
    .flatMap((line, i) =>
      ['"', "'", '`'].some((q) => line.includes(q + name + q)) ? [i + 1] : [],
    );
  return found.length === 1 ? found[0]! : null;
}

/** With slashes; a file elsewhere keeps its full path. */
function seenFrom(workspace: string, file: string): string {
  const path = relative(workspace, resolve(file));
  const seen = path.startsWith('..') || isAbsolute(path) ? resolve(file) : path;
  return seen.split(sep).join('/');
}
