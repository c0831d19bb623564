import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageHome } from '../../../src/node/environment.ts';
import type { ToolVersion } from './ask.ts';
import type { FirstRows } from './first-rows.ts';
import type { OtherName } from './others.ts';
import type { TrialId } from './problem.ts';

/** bench/checker/gradcheck.json: what the other tools themselves said and took, once. */
export interface Recorded {
  readonly torch: ToolVersion;
  readonly jax: ToolVersion;
  readonly cpu: string;
  readonly cores: number;
  readonly trials: readonly RecordedTrial[];
  readonly costs: readonly RecordedCost[];
}

/** What a tool said of the gradients of a trial. */
export interface RecordedTrial extends TrialId {
  readonly scheme: OtherName;
  /** Of the parameters and the batch. */
  readonly fingerprint: string;
  readonly entry: number;
  /** Errors of that entry. */
  readonly sizes: readonly number[];
  /** Whether it said that the gradient is wrong, one a size. */
  readonly caught: readonly boolean[];
}

/** PyTorch's slow mode on the right gradient of a workload. */
export interface RecordedCost extends FirstRows {
  readonly entries: number;
  readonly calls: number;
  /** Of the core, one a run. */
  readonly seconds: readonly number[];
  /** The machine's processes that ran or waited, over the minute before. */
  readonly load: number;
}

/** From the root of the package. */
export const RECORDED = 'bench/checker/gradcheck.json';

export async function readRecorded(): Promise<Recorded> {
  // `record.ts` wrote it; a test reads every field.
  return JSON.parse(await readFile(join(packageHome(), RECORDED), 'utf8')) as Recorded;
}
