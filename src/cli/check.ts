import { Command, Option } from 'commander';
import { FULL_ENTRIES } from '../check/gradient/check-options.ts';
import { type CheckFlags, DEFAULT_TIMEOUT, reportOf, rtolOf, timeoutOf } from './check-flags.ts';
import type { Output } from './program.ts';
import { seedOf } from './seed-flag.ts';

/** `backproof check`: reports its exit code, see `exitCodeOf`. */
export const checkCommand = (output: Output, exit: (code: number) => void): Command =>
  new Command('check')
    .summary('check hand-written gradients against differences')
    .description(
      'check the gradients of case files against differences with error bars, and say what is wrong: ' +
        'exit code 0 all agree, 1 something is wrong, 2 something could not be read, 3 something could not be judged',
    )
    .argument(
      '<file...>',
      '.js .mjs .cjs .ts .mts .cts: its default export, or module.exports, is one case { name, f, gradient, at, … } or an array',
    )
    .option('--json', 'print one JSON document and nothing else')
    .addOption(new Option('--junit <file>', 'write a JUnit XML report besides').argParser(reportOf))
    .option('--github', 'print annotations for GitHub Actions, and write its step summary')
    .addOption(
      new Option('--seed <n>', 'of directions and cotangents').argParser(seedOf).default(0),
    )
    .addOption(
      new Option(
        '--rtol <x>',
        "the relative error that must show, in place of each case's own; smaller errors are found too, and are wrong",
      ).argParser(rtolOf),
    )
    .addOption(
      new Option(
        '--mode <which>',
        `full takes every entry, fast random directions in each slot, auto is full up to ${FULL_ENTRIES} entries`,
      )
        .choices(['auto', 'full', 'fast'])
        .default('auto'),
    )
    .addOption(
      new Option('--timeout <s>', 'seconds for each case')
        .argParser(timeoutOf)
        .default(DEFAULT_TIMEOUT),
    )
    .option('--allow-unresolved', 'exit code 0 also where something could not be judged')
    .action(async (files: readonly string[], flags: CheckFlags) => {
      // The checker takes a moment to load, which `--help` need not wait for.
      const { runCheck } = await import('./check-run.ts');
      exit(await runCheck(files, flags, output));
    });
