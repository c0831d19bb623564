import { runChecker } from './command.ts';

process.exitCode = await runChecker(process.argv.slice(2));
