import { Command, Option } from 'commander';
import { commandGroup } from './command-group.ts';
import type { Output } from './program.ts';
import { seedOf } from './seed-flag.ts';
import { UsageError } from './usage-error.ts';

interface RunFlags {
  readonly all?: true;
  readonly json?: true;
  readonly seed: number;
}

/** `backproof experiment`: reports its exit code, 1 where a figure lies outside its stated range. */
export const experimentCommand = (output: Output, exit: (code: number) => void): Command =>
  commandGroup('backproof experiment', [listCommand(output), runCommand(output, exit)]).description(
    "list the source material's experiments, or run them and write their pages",
  );

const listCommand = ({ stdout }: Output): Command =>
  new Command('list')
    .description('list the experiments, with what each shows')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: true }) => {
      // The engines take a moment to load, which `--help` need not wait for.
      const [{ experiments }, { listJson }, { listText }] = await Promise.all([
        import('../experiments/experiments.ts'),
        import('./experiment-json.ts'),
        import('./experiment-text.ts'),
      ]);
      const all = Object.values(experiments);
      stdout.write(json ? listJson(all) : lines(listText(all, widthOf(stdout))));
    });

const runCommand = (output: Output, exit: (code: number) => void): Command =>
  new Command('run')
    .summary('run experiments and write their pages to reports/experiments/')
    .description(
      'run experiments and write their pages to reports/experiments/, of another seed than 0 to reports/experiments/seed-N/; exit code 1 where a figure lies outside its stated range',
    )
    .argument('[name...]', 'which, as `backproof experiment list` names them')
    .option('--all', 'every experiment, and the page that lists them')
    .addOption(
      new Option(
        '--seed <n>',
        "of each page's data and start, 0 to 4294967295; the seeds it is compared with stay 0 to 19, and only seed 0 writes the pages that are committed",
      )
        .argParser(seedOf)
        .default(0),
    )
    .option(
      '--json',
      'print one JSON document and nothing else; the pages are written all the same',
    )
    .action(async (names: readonly string[], flags: RunFlags) =>
      exit((await run(names, flags, output)) ? 0 : 1),
    );

async function run(
  names: readonly string[],
  { all, json, seed }: RunFlags,
  { stdout, stderr }: Output,
): Promise<boolean> {
  const [{ experiments }, { runSelected }, { runJson }, { runText }] = await Promise.all([
    import('../experiments/experiments.ts'),
    import('./experiment-run.ts'),
    import('./experiment-json.ts'),
    import('./experiment-text.ts'),
  ]);
  const chosen = select(
    names,
    all ?? false,
    Object.values(experiments).map(({ name }) => name),
  );
  const { ran, pages, ok, seeds } = await runSelected(chosen, seed, stderr);
  if (json) {
    stdout.write(runJson(ran, { seed, seeds }));
  } else {
    const where = `Pages${seed === 0 ? '' : ` of seed ${seed}`}: ${pages.join(', ')}`;
    stdout.write(lines([...runText(ran, widthOf(stdout)), where]));
  }
  return ok;
}

/** Each once, in the order of the table. */
function select<N extends string>(
  names: readonly string[],
  all: boolean,
  known: readonly N[],
): readonly N[] {
  const existing = `there are ${known.join(', ')}`;
  const unknown = names.find((name) => !known.some((k) => k === name));
  if (unknown !== undefined) {
    throw new UsageError(`unknown experiment "${unknown}"; ${existing}`);
  }
  if (all && names.length > 0) {
    throw new UsageError(`got "${names[0]}" and --all, expected one or the other`);
  }
  if (!all && names.length === 0) {
    throw new UsageError(`expected names of experiments, or --all; ${existing}`);
  }
  return known.filter((name) => all || names.includes(name));
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** What most terminals have, and a file may as well; some terminals say 0. */
const COLUMNS = 80;

const widthOf = ({ columns }: Output['stdout']): number => columns || COLUMNS;
