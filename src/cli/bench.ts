import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { progress } from '../node/progress.ts';
import { whyNotWritable } from '../node/writable.ts';
import type { Output } from './program.ts';
import { reportsFolder } from './reports-folder.ts';
import { UsageError } from './usage-error.ts';

interface Flags {
  readonly quick?: true;
  readonly only: readonly string[];
  readonly jsonFile?: string;
}

/** `backproof bench`: reports its exit code, 1 where something is wrong. */
export const benchCommand = (output: Output, exit: (code: number) => void): Command =>
  new Command('bench')
    .description('measure agreement, speed and accuracy, and write reports/')
    .option('--quick', 'a shortened run; its reports say so')
    .addOption(
      new Option('--only <what>', 'one section or workload (W1 to W5); may be repeated')
        .argParser((what: string, sofar: readonly string[]) => [...sofar, what])
        .default([], 'everything'),
    )
    .option('--json-file <file>', 'write all reports as one JSON document besides')
    .action(async (flags: Flags) => exit((await bench(flags, output)) ? 0 : 1));

async function bench(
  { quick, only, jsonFile }: Flags,
  { stdout, stderr }: Output,
): Promise<boolean> {
  // The engines take a moment to load, which `--help` need not wait for.
  const [{ runBench }, { select }, { sections }, { summaries }] = await Promise.all([
    import('../../bench/run.ts'),
    import('../../bench/select.ts'),
    import('../../bench/sections.ts'),
    import('../../bench/summary.ts'),
  ]);
  const selected = select(only, sections);
  if (selected.kind === 'unknown') {
    throw new UsageError(
      `--only: unknown "${selected.name}"; there are ${selected.known.join(', ')}`,
    );
  }
  const why = jsonFile === undefined ? null : await whyNotWritable(jsonFile);
  if (why !== null) throw new UsageError(`--json-file: ${why}`);
  return runBench({
    sections,
    summaries,
    selection: selected.selection,
    quick: quick ?? false,
    folder: reportsFolder(),
    ...(jsonFile !== undefined && { jsonFile: resolve(jsonFile) }),
    bar: progress(stderr),
    print: (line) => stdout.write(`${line}\n`),
  });
}
