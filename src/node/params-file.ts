import { readFile } from 'node:fs/promises';
import type { Dtype } from '../numeric/dtype.ts';
import type { Layout } from '../params/layout.ts';
import type { Params } from '../params/params.ts';
import { malformedText, readSafetensors, writeSafetensors } from '../params/safetensors.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { codeOf } from './writable.ts';

/** Saves parameters as a safetensors file, atomically. */
export const saveParams = (
  path: string,
  params: Params,
  metadata?: { readonly [key: string]: string },
): Promise<void> => writeFileAtomically(path, writeSafetensors(params, metadata));

/** Loads parameters of this layout. Throws, naming the file, where it is missing or malformed. */
export async function loadParams(path: string, layout: Layout, dtype?: Dtype): Promise<Params> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const code = codeOf(cause);
    const got = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : code;
    throw new RangeError(`${path}: got ${got}, expected a safetensors file`, { cause });
  });
  const read = readSafetensors(bytes, layout, dtype);
  if (read.kind === 'malformed') throw new RangeError(`${path}: ${malformedText(read)}`);
  return read.params;
}

/** Why a file cannot be read, by the system's code. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOENT: 'no file',
  EISDIR: 'a folder',
  EACCES: 'a file that may not be read',
};
