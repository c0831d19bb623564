import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a folder whose names end so, by name, in order of name. */
export async function readFolder(
  folder: string | URL,
  ending: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  const names = (await readdir(path)).filter((name) => name.endsWith(ending)).sort();
  const read = async (name: string): Promise<[string, Uint8Array]> => [
    name.slice(0, -ending.length),
    await readFile(join(path, name)),
  ];
  return new Map(await Promise.all(names.map(read)));
}
