import { Command, CommanderError } from 'commander';
import { environment } from '../node/environment.ts';
import type { Terminal } from '../node/progress.ts';
import { benchCommand } from './bench.ts';
import { UsageError } from './usage-error.ts';

/** Where a command writes: the process's own streams, or what a test gives. */
export interface Output {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

/** Bad usage, or input that cannot be read. */
const USAGE = 2;

/**
 * Runs the command line `args` and resolves to the exit code: 0 all well, 1 something is wrong, 2 bad
 * usage, in one line on standard error. Throws what is nobody's usage but our mistake.
 */
export async function runProgram(
  args: readonly string[],
  output: Output = { stdout: process.stdout, stderr: process.stderr },
): Promise<number> {
  let code = 0;
  const exit = (chosen: number): void => {
    code = chosen;
  };
  const program = programOf([benchCommand(output, exit)], output);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    const line = usageLine(error);
    if (line === null) throw error;
    if (line !== '') output.stderr.write(`backproof: ${line}\n`);
    return line === '' ? 0 : USAGE;
  }
}

function programOf(commands: readonly Command[], { stdout }: Output): Command {
  const names = commands.map((command) => command.name()).join(', ');
  const program = new Command('backproof')
    .description('Proves hand-derived gradients, and measures what each way to get them costs.')
    .version(environment().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .argument('[command]')
    .allowExcessArguments()
    .usage('<command> [options]')
    .action((name: string | undefined) => {
      const what = name === undefined ? 'expected a command' : `unknown command "${name}"`;
      throw new UsageError(`${what}; there is ${names} (backproof --help tells more)`);
    });
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    // Errors come back as exceptions, and are written in one place.
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => stdout.write(text),
      outputError: () => {},
    });
  }
  return program;
}

/** What to say of bad usage; '' where help or version was asked for; null for any other error. */
function usageLine(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof CommanderError)) return null;
  if (error.exitCode === 0) return '';
  return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
}
