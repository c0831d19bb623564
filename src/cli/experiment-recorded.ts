import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Recorded } from '../experiments/recorded.ts';

/** Where the recorded measurements are looked for. */
export interface RecordedFolders {
  /** Of this checkout, or of whoever installed the package. */
  readonly reports: string;
  /** Of the package. */
  readonly home: string;
}

/** Reads what other commands measured; what cannot be read is null, and `note` is told in a line. */
export async function readRecorded(
  { reports, home }: RecordedFolders,
  note: (line: string) => void,
): Promise<Recorded> {
  const read = async (path: string, source: string): Promise<unknown> => {
    const found = await readJson(path);
    if (found.kind === 'read') return found.data;
    note(`${relative(process.cwd(), path)} ${found.why}, so no page quotes it; ${source}`);
    return null;
  };
  return {
    speed: await read(join(reports, 'speed.json'), '"backproof bench --only speed" writes it'),
    material: await read(join(home, 'bench/pytorch/material.json'), 'the package comes with it'),
  };
}

type JsonFile =
  | { readonly kind: 'read'; readonly data: unknown }
  | { readonly kind: 'unreadable'; readonly why: string };

async function readJson(path: string): Promise<JsonFile> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what file functions throw
    return {
      kind: 'unreadable',
      why: code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`,
    };
  }
  try {
    return { kind: 'read', data: JSON.parse(content) };
  } catch {
    return { kind: 'unreadable', why: 'is not JSON' };
  }
}
