import { readFile } from 'node:fs/promises';
import type { Dtype } from '../numeric/dtype.ts';
import type { Layout } from '../params/layout.ts';
import type { Params } from '../params/params.ts';
import { malformedText, readSafetensors, writeSafetensors } from '../params/safetensors.ts';
import { writeFileAtomically } from './atomic-file.ts';

/** Saves parameters as a safetensors file, atomically. */
export const saveParams = (
  path: string,
  params: Params,
  metadata?: { readonly [key: string]: string },
): Promise<void> => writeFileAtomically(path, writeSafetensors(params, metadata));

/** Loads parameters of this layout. Throws, naming the file, where it is missing or malformed. */
export async function loadParams(path: string, layout: Layout, dtype?: Dtype): Promise<Params> {
  const read = readSafetensors(await readFile(path), layout, dtype);
  if (read.kind === 'malformed') throw new RangeError(`${path}: ${malformedText(read)}`);
  return read.params;
}
