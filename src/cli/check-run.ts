import { appendFile } from 'node:fs/promises';
import { writeFileAtomically } from '../node/atomic-file.ts';
import { environment } from '../node/environment.ts';
import { realPath } from '../node/module-path.ts';
import { codeOf, whyNotWritable } from '../node/writable.ts';
import { exitCodeOf } from './check-exit-code.ts';
import { checkFiles } from './check-files.ts';
import type { CheckFlags } from './check-flags.ts';
import { githubCommands } from './check-github.ts';
import { type Checked, checkedJson, checkedOf } from './check-json.ts';
import { checkedJunit } from './check-junit.ts';
import { checkedMarkdown } from './check-summary.ts';
import { endText, fileText } from './check-text.ts';
import type { Output } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Checks the files, tells what was found in every form asked for, and resolves to the exit code. */
export async function runCheck(
  files: readonly string[],
  flags: CheckFlags,
  output: Output,
): Promise<number> {
  const { json, junit, github, seed, allowUnresolved } = flags;
  if (junit !== undefined) await assertReport(junit, files);
  const { stdout, stderr } = output;
  const { isTTY = false, columns } = stdout;
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env;
  const colours = forced ? forced !== '0' : isTTY && !refused; // as Node's own streams have it
  const options = { seed, colours, columns: columns || COLUMNS };
  const found = await checkFiles(files, flags, output, (file) =>
    json ? '' : fileText(file, options),
  );
  const checked = checkedOf(seed, found);
  stdout.write(json ? checkedJson(checked) : endText(checked, options));
  if (github) {
    const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
    // The runner reads commands on both streams, and the document is alone on the first.
    (json ? stderr : stdout).write(await githubCommands(found, { seed, workspace }));
    await writeSummary(checked, stderr);
  }
  if (junit !== undefined) {
    await writeFileAtomically(junit, checkedJunit(found, seed)).catch((error: Error) => {
      throw new UsageError(`--junit: ${error.message}`);
    });
  }
  return exitCodeOf(checked, allowUnresolved ?? false);
}

/** Throws a UsageError where no report can be written there, or where it would replace what is checked. */
async function assertReport(path: string, files: readonly string[]): Promise<void> {
  const why = await whyNotWritable(path);
  if (why !== null) throw new UsageError(`--junit: ${why}`);
  const [report, ...checked] = await Promise.all([path, ...files].map(realPath));
  if (!checked.includes(report!)) return;
  throw new UsageError(`--junit: got "${path}", a file to be checked, expected a report to write`);
}

/** What most terminals have, and a file may as well; some terminals say 0. */
const COLUMNS = 80;

/** The page of the run that GitHub shows; without it, the run is as good. */
async function writeSummary(checked: Checked, stderr: Output['stderr']): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  await appendFile(path, checkedMarkdown(checked, environment().version)).catch((error: unknown) =>
    stderr.write(`backproof: cannot write the step summary (${codeOf(error)})\n`),
  );
}
