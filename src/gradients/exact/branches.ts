import type { Batch } from '../../model/batch.ts';
import type { Model } from '../../model/model.ts';
import type { Arithmetic } from '../../numeric/arithmetic.ts';
import { decimalArithmetic } from '../../numeric/decimal.ts';
import { double } from '../../numeric/double.ts';
import type { Params } from '../../params/params.ts';
import { sampleLoss, sampleVariables } from './sample.ts';

/** `a`, noting each choice it makes in `pattern`, in order: 1 for the positive branch, else 0. */
export const recordingBranches = <T>(a: Arithmetic<T>, pattern: (0 | 1)[]): Arithmetic<T> => ({
  ...a,
  choose: (condition, positive, otherwise) =>
    a.choose(
      condition,
      () => {
        pattern.push(1);
        return positive();
      },
      () => {
        pattern.push(0);
        return otherwise();
      },
    ),
});

/**
 * Rows whose definition takes another branch in doubles than exactly: rounding alone has moved a
 * value across a kink, so the exact gradient belongs to the other side than a double's.
 */
export function kinkedRows(model: Model, params: Params, batch: Batch): readonly number[] {
  const pattern = <T>(a: Arithmetic<T>, row: number): string => {
    const choices: (0 | 1)[] = [];
    const variables = sampleVariables(a, model, params, batch, row);
    sampleLoss(recordingBranches(a, choices), model, variables);
    return choices.join('');
  };
  // Which side of a kink: a few digits more than a double's decide it, exact ties included.
  const exact = decimalArithmetic(120);
  return Array.from({ length: batch.inputs.rows }, (_, row) => row).filter(
    (row) => pattern(double, row) !== pattern(exact, row),
  );
}
