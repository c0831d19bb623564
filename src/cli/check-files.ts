import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { environment } from '../node/environment.ts';
import { tidyOnInterrupt } from '../node/interrupt.ts';
import { whyNoModule } from '../node/module-path.ts';
import { progress } from '../node/progress.ts';
import { atOnce } from './at-once.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import type { CheckFlags } from './check-flags.ts';
import type { Output } from './program.ts';

/**
 * All files, each once, as many at a time as there are cores; in their order. What is to be said of one
 * is written as soon as it and all before it have ended, so that an interrupted run has told what it
 * found: `textOf` to standard output, what could not be checked to standard error.
 */
export async function checkFiles(
  given: readonly string[],
  { seed, rtol, mode, timeout }: CheckFlags,
  { stdout, stderr }: Output,
  textOf: (checked: CheckedFile) => string,
): Promise<readonly CheckedFile[]> {
  const files = await distinct(given);
  const bar = progress(stderr);
  const release = tidyOnInterrupt(() => bar.done());
  let ended = 0;
  let lineIsOpen = false;
  const write = (text: string): void => {
    bar.done(); // drawn again below it
    stderr.write(text);
    lineIsOpen = !text.endsWith('\n');
  };
  const closeLine = (): void => {
    bar.done();
    if (lineIsOpen) stderr.write('\n');
    lineIsOpen = false;
  };
  const tell = (checked: CheckedFile): void => {
    const unread = checked.errors.map(({ message }) => `backproof: ${message}\n`).join('');
    const text = textOf(checked);
    if (unread + text === '') return;
    closeLine();
    stderr.write(unread);
    stdout.write(text);
  };
  const found: CheckedFile[] = [];
  let told = 0;
  const job = (file: string, i: number) => async (): Promise<CheckedFile> => {
    const why = await whyNoModule(file);
    const checked: CheckedFile = why
      ? { file, cases: [], errors: [{ file, case: null, message: `${file}: ${why}` }] }
      : await checkFile(file, {
          ...{ path: resolve(file), seed, rtol: rtol ?? null, mode, timeout },
          worker: new URL('./check-worker.js', import.meta.url),
          onOutput: write,
          onCase: (name, index, count) =>
            bar.at((ended + index / count) / files.length, `${file}: ${name}`),
        });
    ended++;
    found[i] = checked;
    for (let next = found[told]; next; next = found[++told]) tell(next);
    return checked;
  };
  try {
    return await atOnce(Math.min(environment().cores, files.length), files.map(job));
  } finally {
    closeLine();
    release();
  }
}

/** Each file once, as it is first called. */
async function distinct(files: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(files.map((file) => realpath(file).catch(() => resolve(file))));
  return files.filter((_, i) => real.indexOf(real[i]!) === i);
}
