import { entryVerdicts } from '../../../src/check/model/entry-verdicts.ts';
import { oracleOf } from '../../../src/check/model/oracle.ts';
import { allowed } from '../../../src/check/noisy.ts';
import { exact } from '../../../src/gradients/exact.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { prepareOrThrow } from '../../../src/gradients/prepare-or-throw.ts';
import { replayFused } from '../../../src/gradients/tape/method.ts';
import { zeroParams } from '../../../src/params/params.ts';
import type { Workload, WorkloadId } from '../../../src/training/workloads.ts';

/** How far the differences of a network lie from a reference, held against their error bars. */
export interface Bars {
  readonly reference: 'tape' | 'exact';
  readonly workload: WorkloadId;
  readonly rows: number;
  readonly entries: number;
  /** Entries whose error exceeds the bar, and what the reference's own rounding allows it. */
  readonly outside: number;
  /** The largest error over that. */
  readonly worst: number;
  /** The largest bar, as a share of the largest gradient entry. */
  readonly widest: number;
}

const REFERENCES: { readonly [R in Bars['reference']]: GradientMethod } = {
  tape: replayFused,
  exact,
};

/** Every entry: |difference − reference| ≤ bar, and T besides for a reference computed in doubles. */
export async function holdBars(
  workload: Workload,
  reference: Bars['reference'],
  seed: number,
): Promise<Bars> {
  const { id, model, params, batch } = workload;
  const { rows } = batch.inputs;
  const run = await prepareOrThrow(REFERENCES[reference], model, { rows });
  const into = zeroParams(model.layout);
  run.valueAndGrad(params, batch, into);
  const { network, errors, gradient } = oracleOf({ model, params, batch, dtype: 'float64' }, seed);
  const { barAt } = entryVerdicts(network, into.values, gradient, errors.grads);
  const bar = gradient.value.map((_value, i) => barAt(i));
  return {
    reference,
    workload: id,
    rows,
    ...held(gradient.value, into.values, bar, (i) =>
      reference === 'exact' ? 0 : allowed(Math.sqrt(errors.grads[i]!)),
    ),
  };
}

/** Entries of `got` that lie further from `reference` than `bar` and `slack`. */
export function held(
  got: ArrayLike<number>,
  reference: ArrayLike<number>,
  bar: ArrayLike<number>,
  slack: (i: number) => number,
): Pick<Bars, 'entries' | 'outside' | 'worst' | 'widest'> {
  let [outside, worst, widest, largest] = [0, 0, 0, 0];
  for (let i = 0; i < got.length; i++) {
    const error = Math.abs(got[i]! - reference[i]!);
    const room = bar[i]! + slack(i);
    if (!(error <= room)) outside++;
    if (error > 0) worst = Math.max(worst, error / room);
    widest = Math.max(widest, bar[i]!);
    largest = Math.max(largest, Math.abs(reference[i]!));
  }
  return { entries: got.length, outside, worst, widest: widest / largest };
}
