import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './writable.ts';

/** What a file is to hold; in pieces where it is made as it is written. */
export type FileData = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all: into a new file beside it, synchronised, then renamed. Whatever
 * fails, the old file stays as it was and the new one is removed; after a kill, the new one may remain
 * beside it. Throws what failed, naming the path asked for where no file can be made there.
 */
export async function writeFileAtomically(path: string, data: FileData): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `.${basename(path)}.${process.pid}.${++drafts}.tmp`);
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
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Tells two drafts of one process apart. */
let drafts = 0;

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
