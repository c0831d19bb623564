import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, destinationOf, draftOf } from './writable.ts';

/** What a file is to hold; in pieces where it is made as it is written. */
export type FileData = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: into a new file beside it, synchronised, then renamed. Whatever
 * fails, the old file stays as it was and the new one is removed; after a kill, the new one may remain
 * beside it. A symbolic link stays, and its target is replaced. Throws what failed, naming the path
 * asked for where no file can be made there.
 */
export async function writeFileAtomically(path: string, data: FileData): Promise<void> {
  const found = await destinationOf(path);
  if (found.kind === 'refused') throw new Error(found.why);
  const draft = draftOf(found.path);
  try {
    const file = await open(draft, 'wx').catch((cause: unknown) => {
      throw new Error(`cannot write ${path} (${codeOf(cause)})`, { cause });
    });
    try {
      await writeFile(file, data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, found.path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(found.path));
}

/** Makes the rename itself durable. Windows cannot open a folder, and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
