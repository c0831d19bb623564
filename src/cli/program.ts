import { type Command, CommanderError } from 'commander';
import { environment } from '../node/environment.ts';
import type { Terminal } from '../node/progress.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { commandGroup } from './command-group.ts';
import { experimentCommand } from './experiment.ts';
import { Failure } from './failure.ts';
import { UsageError } from './usage-error.ts';

/** Where a command writes: the process's own streams, or what a test gives. */
export interface Output {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
}

/** Something is wrong that a verdict, a figure or a failure tells. */
const WRONG = 1;
/** Bad usage, or input that cannot be read. */
const USAGE = 2;

/**
 * Runs the command line `args` and resolves to the exit code: 0 all well, 1 something is wrong, 2 bad
 * usage or unreadable input, in one line on standard error, 3 nothing is wrong but something could not
 * be judged. Throws what is nobody's usage but our mistake.
 */
export async function runProgram(
  args: readonly string[],
  output: Output = { stdout: process.stdout, stderr: process.stderr },
): Promise<number> {
  let code = 0;
  const exit = (chosen: number): void => {
    code = chosen;
  };
  const commands = [benchCommand, checkCommand, experimentCommand];
  const program = programOf(
    commands.map((command) => command(output, exit)),
    output,
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof Failure) {
      output.stderr.write(`backproof: ${error.message}\n${causeText(error)}`);
      return WRONG;
    }
    const line = usageLine(error);
    if (line === null) throw error;
    if (line !== '') output.stderr.write(`backproof: ${line}\n`);
    return line === '' ? 0 : USAGE;
  }
}

function programOf(commands: readonly Command[], { stdout }: Output): Command {
  const program = commandGroup('backproof', commands)
    .description('Proves hand-derived gradients, and measures what each way to get them costs.')
    .version(environment().version, '-V, --version', 'print the version');
  for (const command of withDescendants(program)) {
    command.helpOption('-h, --help', 'print this help');
    // The names alone: what follows them, each command's own help says.
    command.configureHelp({ subcommandTerm: (below) => below.name() });
    // Errors come back as exceptions, and are written in one place.
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => stdout.write(text),
      outputError: () => {},
    });
  }
  return program;
}

const withDescendants = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withDescendants),
];

/** What to say of bad usage; '' where help or version was asked for; null for any other error. */
function usageLine(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof CommanderError)) return null;
  if (error.exitCode === 0) return '';
  return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
}

/** Where in the code it came from; nothing for what the system refused, which the message says. */
function causeText({ cause }: Failure): string {
  return cause instanceof Error && !('syscall' in cause) ? `${cause.stack}\n` : '';
}
