import { mkdir, open, readlink, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Why no file can be written at this path, or null where one can: found out before the work, not after. */
export async function whyNotWritable(path: string): Promise<string | null> {
  const found = await destinationOf(path);
  return found.kind === 'refused' ? found.why : refusal(draftOf(found.path));
}

/** Likewise for files in a folder, which is made where it is missing. */
export async function whyFolderNotWritable(folder: string): Promise<string | null> {
  const code = await mkdir(folder, { recursive: true }).then(() => null, codeOf);
  return code ? refusalText(folder, code) : refusal(draftOf(join(folder, 'file')));
}

/** Where a file lies that is to be replaced. */
export type Destination =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * The file at the end of the symbolic links of this path, be it there or not. What is there and no
 * regular file is refused: a device or a pipe is not to be replaced by one.
 */
export async function destinationOf(path: string): Promise<Destination> {
  const refused = (why: string): Destination => ({ kind: 'refused', why });
  if (path === '') return refused('got "", expected the path of a file');
  const found = await stat(path).catch(codeOf);
  if (typeof found === 'string') {
    if (found !== 'ENOENT') return refused(`cannot write ${path} (${found})`);
  } else if (found.isDirectory()) return refused(`${path} is a folder, expected a file`);
  else if (!found.isFile()) return refused(`${path} is no regular file, expected one`);
  return { kind: 'file', path: await targetOf(path) };
}

/** No circle: `stat` has refused those. */
async function targetOf(path: string): Promise<string> {
  const link = await readlink(path).catch(() => null);
  return link === null ? path : targetOf(resolve(await realpath(dirname(path)), link));
}

/** A new name beside this file, told apart from every other by the process and its count. */
export const draftOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.${++drafts}.tmp`);

let drafts = 0;

/** Tries: permissions do not tell of file systems that take no new file. */
async function refusal(draft: string): Promise<string | null> {
  try {
    await (await open(draft, 'wx')).close();
    await rm(draft);
    return null;
  } catch (error) {
    return refusalText(dirname(resolve(draft)), codeOf(error));
  }
}

const refusalText = (folder: string, code: string): string =>
  `cannot write to the folder ${folder} (${code})`;

/** What file functions throw has one. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? 'unknown';
