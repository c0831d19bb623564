import { join } from 'node:path';
import { parseRecorded, type Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { packageHome } from '../../src/node/environment.ts';
import { readFolder } from '../../src/node/read-folder.ts';

/** The values that PyTorch computed once for W1 to W5. */
export const recordedWorkloads = (): Promise<Recorded[]> =>
  recordedIn(join(packageHome(), 'bench/pytorch'));

/** Every file of recorded values in a folder. */
export const recordedIn = async (folder: string | URL): Promise<Recorded[]> =>
  [...(await readFolder(folder, '.safetensors')).values()].map(parseRecorded);
