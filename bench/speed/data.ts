import type { WorkloadId } from '../../src/training/workloads.ts';
import type { BatchSize } from './batch-sizes.ts';
import type { ContenderName } from './contenders.ts';
import type { Measured } from './measure.ts';
import type { VariantName } from './variants.ts';

/** What was measured on one workload. */
export interface WorkloadSpeed {
  readonly id: WorkloadId;
  /** `2-5-1, sigmoid, bce, 640 rows, 21 parameters`. */
  readonly network: string;
  readonly measured: readonly Measured[];
  /** Kernel calls a step. */
  readonly calls: ReadonlyMap<VariantName, number>;
}

/** Everything the report is made of. */
export interface SpeedData {
  readonly workloads: readonly WorkloadSpeed[];
  readonly batchSizes: readonly BatchSize[];
  /** Loading mathjs, paid once before anything symbolic; null where nothing was. */
  readonly importSeconds: number | null;
}

/** A contender's line, if it ran. */
export const lineOf = (
  { measured }: { readonly measured: readonly Measured[] },
  name: ContenderName,
): Measured | undefined => measured.find((line) => line.name === name);

/** Median time ÷ manual-fused's; null where the contender did not run or is void. */
export function ratioOf(
  group: { readonly measured: readonly Measured[] },
  name: ContenderName,
): number | null {
  const line = lineOf(group, name);
  return line?.kind === 'timed' ? line.timing.ratio.median : null;
}

/** Median time of one contender ÷ that of another; null where either did not run or is void. */
export function quotientOf(
  group: { readonly measured: readonly Measured[] },
  name: ContenderName,
  other: ContenderName,
): number | null {
  const [above, below] = [ratioOf(group, name), ratioOf(group, other)];
  return above === null || below === null ? null : above / below;
}
