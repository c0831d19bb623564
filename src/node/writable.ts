import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why no file can be written at this path, or null where one can: found out before the work, not after. */
export async function whyNotWritable(path: string): Promise<string | null> {
  const folder = dirname(resolve(path));
  const refused = await access(folder, constants.W_OK).then(() => null, codeOf);
  if (refused) return `cannot write to the folder ${folder} (${refused})`;
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? `${path} is a folder, expected a file` : null;
}

/** What file functions throw has one. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? 'unknown';
