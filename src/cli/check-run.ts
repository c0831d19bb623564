import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeFileAtomically } from '../node/atomic-file.ts';
import { environment } from '../node/environment.ts';
import { tidyOnInterrupt } from '../node/interrupt.ts';
import { whyNoModule } from '../node/module-path.ts';
import { progress } from '../node/progress.ts';
import { codeOf, whyNotWritable } from '../node/writable.ts';
import { atOnce } from './at-once.ts';
import { exitCodeOf } from './check-exit-code.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import type { CheckFlags } from './check-flags.ts';
import { githubCommands } from './check-github.ts';
import { type Checked, checkedJson, checkedOf } from './check-json.ts';
import { checkedJunit } from './check-junit.ts';
import { checkedMarkdown } from './check-summary.ts';
import { checkedText } from './check-text.ts';
import type { Output } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Checks the files, tells what was found in every form asked for, and resolves to the exit code. */
export async function runCheck(
  files: readonly string[],
  flags: CheckFlags,
  output: Output,
): Promise<number> {
  const { json, junit, github, seed, allowUnresolved } = flags;
  const why = junit === undefined ? null : await whyNotWritable(junit);
  if (why !== null) throw new UsageError(`--junit: ${why}`);
  const found = await checkFiles(files, flags, output.stderr);
  const checked = checkedOf(seed, found);
  const { stdout, stderr } = output;
  for (const { message } of checked.errors) stderr.write(`backproof: ${message}\n`);
  const { isTTY = false, columns } = stdout;
  const colours = isTTY && !process.env.NO_COLOR;
  stdout.write(
    json
      ? checkedJson(checked)
      : checkedText(found, { seed, colours, columns: columns || COLUMNS }),
  );
  if (junit !== undefined) await writeFileAtomically(junit, checkedJunit(found, seed));
  if (github) {
    const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
    // The runner reads commands on both streams, and the document is alone on the first.
    (json ? stderr : stdout).write(await githubCommands(found, { seed, workspace }));
    await writeSummary(checked, stderr);
  }
  return exitCodeOf(checked, allowUnresolved ?? false);
}

/** What most terminals have, and a file may as well; some terminals say 0. */
const COLUMNS = 80;

/** All files, as many at once as there are cores; in their order. */
async function checkFiles(
  files: readonly string[],
  { seed, rtol, timeout }: CheckFlags,
  stderr: Output['stderr'],
): Promise<readonly CheckedFile[]> {
  const bar = progress(stderr);
  const release = tidyOnInterrupt(() => bar.done());
  let ended = 0;
  let lineIsOpen = false;
  const write = (text: string): void => {
    bar.done(); // drawn again below it
    stderr.write(text);
    lineIsOpen = !text.endsWith('\n');
  };
  const job = (file: string) => async (): Promise<CheckedFile> => {
    const why = await whyNoModule(file);
    const checked: CheckedFile = why
      ? { file, cases: [], errors: [{ file, case: null, message: `${file}: ${why}` }] }
      : await checkFile(file, {
          ...{ path: resolve(file), seed, rtol: rtol ?? null, timeout },
          worker: new URL('./check-worker.js', import.meta.url),
          onOutput: write,
          onCase: (name, index, count) =>
            bar.at((ended + index / count) / files.length, `${file}: ${name}`),
        });
    ended++;
    return checked;
  };
  try {
    return await atOnce(Math.min(environment().cores, files.length), files.map(job));
  } finally {
    bar.done();
    if (lineIsOpen) stderr.write('\n');
    release();
  }
}

/** The page of the run that GitHub shows; without it, the run is as good. */
async function writeSummary(checked: Checked, stderr: Output['stderr']): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  await appendFile(path, checkedMarkdown(checked, environment().version)).catch((error: unknown) =>
    stderr.write(`backproof: cannot write the step summary (${codeOf(error)})\n`),
  );
}
