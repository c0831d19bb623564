import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why no file can be written at this path, or null where one can: found out before the work, not after. */
export async function whyNotWritable(path: string): Promise<string | null> {
  const refused = await refusal(dirname(resolve(path)));
  if (refused) return refused;
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ? `${path} is a folder, expected a file` : null;
}

/** Likewise for files in a folder, which is made where it is missing. */
export async function whyFolderNotWritable(folder: string): Promise<string | null> {
  const code = await mkdir(folder, { recursive: true }).then(() => null, codeOf);
  return code ? refusalText(folder, code) : refusal(folder);
}

const refusal = (folder: string): Promise<string | null> =>
  access(folder, constants.W_OK).then(
    () => null,
    (error: unknown) => refusalText(folder, codeOf(error)),
  );

const refusalText = (folder: string, code: string): string =>
  `cannot write to the folder ${folder} (${code})`;

/** What file functions throw has one. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? 'unknown';
