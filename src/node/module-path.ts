import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { MODULE_ENDINGS } from './load-module.ts';
import { codeOf } from './writable.ts';

/** The absolute path without symbolic links, where there is such a file. */
export const realPath = (path: string): Promise<string> =>
  realpath(path).catch(() => resolve(path));

/** Why the path is of no module that can be loaded, in a few words; null where it may be one. */
export async function whyNoModule(path: string): Promise<string | null> {
  const expected = `expected a file that ends in ${MODULE_ENDINGS.join(' ')}`;
  const found = await stat(path).catch(codeOf);
  if (typeof found === 'string') {
    if (found !== 'ENOENT' && found !== 'ENOTDIR') return `cannot be read (${found}), ${expected}`;
    return /[*?[\]{}]/.test(path)
      ? `no such file: a pattern that the shell did not expand, ${expected}`
      : `no such file, ${expected}`;
  }
  if (found.isDirectory()) return `is a folder, ${expected}`;
  if (!MODULE_ENDINGS.some((ending) => ending === extname(path)))
    return `unknown ending, ${expected}`;
  const refused = await access(path, constants.R_OK).then(() => null, codeOf);
  return refused === null ? null : `cannot be read (${refused}), ${expected}`;
}
