import type { Batch } from '../../model/batch.ts';

/** Which seeds a page trains for what. */
export interface Seeds {
  /** The page's own. */
  readonly own: number;
  /** Of the mistakes, and of the right gradient that they are compared with. */
  readonly compared: readonly number[];
  /** Of the right gradient alone: whether it, too, may look wrong. */
  readonly control: readonly number[];
}

/** The loss of answering every sample with the classes' shares, p and 1 − p: ln 2 where they are equal. */
export function shareLoss({ targets }: Batch): number {
  let ones = 0;
  for (const target of targets.data) ones += target;
  const p = ones / targets.data.length;
  return -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
}
