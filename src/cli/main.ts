#!/usr/bin/env node
import { codeOf } from '../node/writable.ts';
import { runProgram } from './program.ts';

let failed = false;
process.stdout.on('error', (error) => {
  const code = codeOf(error);
  // A reader that left, as `head` does, has what it wanted: the exit code stays what it is.
  if (failed || code === 'EPIPE') return;
  failed = true;
  process.stderr.write(`backproof: cannot write to standard output (${code})\n`);
  process.exitCode = 2;
});
process.stderr.on('error', () => {}); // nobody is left to be told

const code = await runProgram(process.argv.slice(2));
process.exitCode = failed ? 2 : code;
