/** Bad usage or unreadable input: one clear line for the person at the terminal, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
