import { resolve } from 'node:path';
import { environment } from '../node/environment.ts';
import { tidyOnInterrupt } from '../node/interrupt.ts';
import { realPath, whyNoModule } from '../node/module-path.ts';
import { progress } from '../node/progress.ts';
import { atOnce } from './at-once.ts';
import { type CheckedFile, checkFileInto, type FileBeingChecked } from './check-file.ts';
import type { CheckFlags } from './check-flags.ts';
import type { Output } from './program.ts';

/**
 * All files, each once, as many at a time as there are cores; in their order. What is to be said of one
 * is written as soon as it and all before it have ended, or at Ctrl-C, so that an interrupted run has told
 * what it found: `textOf` to standard output, what could not be checked to standard error.
 */
export async function checkFiles(
  given: readonly string[],
  { seed, rtol, mode, timeout }: CheckFlags,
  { stdout, stderr }: Output,
  textOf: (checked: CheckedFile) => string,
): Promise<readonly CheckedFile[]> {
  const files = await distinct(given);
  const bar = progress(stderr);
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
  const begun: FileBeingChecked[] = [];
  const isDone: boolean[] = [];
  let told = 0;
  const release = tidyOnInterrupt(() => {
    bar.done();
    for (let i = told; i < begun.length; i++) {
      const { file, cases, errors } = begun[i]!;
      const why = { file, case: null, message: `${file}: interrupted` };
      tell({ file, cases, errors: isDone[i] ? errors : [...errors, why] });
    }
  });
  const job = (file: string, i: number) => async (): Promise<CheckedFile> => {
    const checked: FileBeingChecked = { file, cases: [], errors: [] };
    begun[i] = checked;
    const why = await whyNoModule(file);
    if (why) checked.errors.push({ file, case: null, message: `${file}: ${why}` });
    else {
      await checkFileInto(checked, {
        ...{ path: resolve(file), seed, rtol: rtol ?? null, mode, timeout },
        worker: new URL('./check-worker.js', import.meta.url),
        onOutput: write,
        onCase: (name, index, count) =>
          bar.at((ended + index / count) / files.length, `${file}: ${name}`),
      });
    }
    ended++;
    isDone[i] = true;
    while (isDone[told]) tell(begun[told++]!);
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
  const real = await Promise.all(files.map(realPath));
  return files.filter((_, i) => real.indexOf(real[i]!) === i);
}
