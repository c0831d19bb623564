/** What went wrong though the command line was right: told in one line, with its cause; exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
