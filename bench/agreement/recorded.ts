import { parseRecorded, type Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { readFolder } from '../../src/node/read-folder.ts';

/** The values that PyTorch computed once; the files stand beside the sources, not the build. */
export async function recordedWorkloads(): Promise<Recorded[]> {
  const folder = new URL('../../../bench/pytorch/', import.meta.url);
  const files = await readFolder(folder, '.safetensors');
  return [...files.values()].map(parseRecorded);
}
