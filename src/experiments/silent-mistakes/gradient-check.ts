import { measureAgreement } from '../../check/agreement.ts';
import type { Deviation } from '../../check/deviation.ts';
import { largestSlotError } from '../../check/power.ts';
import type { Verdict } from '../../check/verdict.ts';
import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import { batchRows } from '../../model/batch.ts';
import type { Setup } from '../setup.ts';

/** Two that know no formula of a backward pass: the first exact to rounding, the second what anyone can write. */
export const ORACLES = ['complex-step', 'finite-difference'] as const;
export type OracleName = (typeof ORACLES)[number];

/** What a check says of a gradient. */
export interface Found {
  readonly verdict: Verdict;
  /** The entry furthest beyond what is allowed, `a` right and `b` found; null without an answer. */
  readonly worst: Deviation | null;
  /** The largest difference in any slot, over the norm of that slot's right gradient; likewise. */
  readonly slotError: number | null;
  /** Why there is no answer to compare. */
  readonly why: string | null;
}

/** Neither passed nor left open. */
export const isCaught = ({ verdict }: Found): boolean =>
  verdict !== 'agrees' && verdict !== 'unresolved';

/** Samples that a check uses: enough for both classes. */
export const CHECK_ROWS = 32;

/** Holds methods against an oracle at the start of a training, on its first samples: one finding a method. */
export async function checkAt(
  { model, split, params }: Pick<Setup, 'model' | 'split' | 'params'>,
  checked: readonly GradientMethod[],
  oracle: OracleName,
): Promise<readonly Found[]> {
  const batch = batchRows(split.train, 0, CHECK_ROWS);
  // All at once, since the oracle takes longer than they do.
  const all = [methods[oracle], ...checked];
  const { rows, cells } = await measureAgreement(model, params, batch, all);
  const [trusted, ...answers] = rows;
  if (trusted!.kind === 'refused') throw new Error(`${oracle}: ${trusted!.why}`);
  const { grads } = trusted!.answer;
  return answers.map((row): Found => {
    if (row.kind === 'refused') {
      return { verdict: row.verdict, worst: null, slotError: null, why: row.why };
    }
    const cell = cells.find(({ a, b }) => a === oracle && b === row.method);
    const { verdict, worst } = cell!.comparison;
    // Errors are shares of the second gradient, which is to be the right one here.
    return { verdict, worst, slotError: largestSlotError(row.answer.grads, grads), why: null };
  });
}
