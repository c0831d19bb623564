import type { Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import { type Decimal, decimalArithmetic } from '../../numeric/decimal.ts';
import type { Params } from '../../params/params.ts';
import { recordingBranches } from './branches.ts';
import { sampleLoss, sampleVariables } from './sample.ts';

/** A precision and a step: truncation is of the order of step², rounding of 10^−digits / step. */
export interface Differencing {
  readonly digits: number;
  readonly step: string;
}

/** A derivative by differences. */
export interface Difference {
  readonly value: Decimal;
  /** Whether a branch changes within the step: then `value` mixes both sides of a kink. */
  readonly kinked: boolean;
}

/**
 * (f(x + h) − f(x − h)) / 2h of one row's share of the loss, in one variable after another: the
 * definition read with decimals and no derivative rule at all.
 */
export function centralDifferences(
  model: Model,
  params: Params,
  batch: Batch,
  row: number,
  variables: readonly number[],
  { digits, step }: Differencing,
): readonly Difference[] {
  const a = decimalArithmetic(digits);
  const h = new a.D(step);
  const at = sampleVariables(a, model, params, batch, row);
  const probe = (): { readonly loss: Decimal; readonly pattern: string } => {
    const pattern: (0 | 1)[] = [];
    const loss = sampleLoss(recordingBranches(a, pattern), model, at);
    return { loss, pattern: pattern.join('') };
  };
  const centre = probe();
  return variables.map((variable) => {
    const value = at[variable]!;
    at[variable] = value.plus(h);
    const right = probe();
    at[variable] = value.minus(h);
    const left = probe();
    at[variable] = value;
    return {
      value: right.loss.minus(left.loss).div(h.times(2)),
      kinked: right.pattern !== centre.pattern || left.pattern !== centre.pattern,
    };
  });
}
