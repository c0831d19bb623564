import { Command } from 'commander';
import { UsageError } from './usage-error.ts';

/** A command that only has others below it; alone, or with an unknown one, it says which there are. */
export function commandGroup(path: string, commands: readonly Command[]): Command {
  const known = commands.map((command) => command.name()).join(', ');
  const group = new Command(path.split(' ').at(-1))
    .helpCommand(false)
    .argument('[command]')
    .allowExcessArguments()
    .usage('<command> [options]')
    .action((name: string | undefined) => {
      const what = name === undefined ? 'expected a command' : `unknown command "${name}"`;
      throw new UsageError(`${what}; there is ${known} (${path} --help tells more)`);
    });
  for (const command of commands) group.addCommand(command);
  return group;
}
