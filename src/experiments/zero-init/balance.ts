import { methods } from '../../gradients/methods.ts';
import { prepareOrThrow } from '../../gradients/prepare-or-throw.ts';
import type { Batch } from '../../model/batch.ts';
import { mlp } from '../../model/model.ts';
import { zeros } from '../../numeric/matrix.ts';
import { zeroParams } from '../../params/params.ts';

/** How many rows of each class. */
export interface ClassBalance {
  readonly zeros: number;
  readonly ones: number;
}

export function classBalance({ targets }: Batch): ClassBalance {
  const ones = Array.from(targets.data).filter((label) => label === 1).length;
  return { zeros: targets.rows - ones, ones };
}

/** Share of the more frequent class: the score of who gives every point that class. */
export const largerShare = ({ zeros, ones }: ClassBalance): number =>
  Math.max(zeros, ones) / (zeros + ones);

/** As many rows of each class, copied in their order: the surplus at the end is left out. */
export function balanced({ inputs, targets }: Batch): Batch {
  const counts = classBalance({ inputs, targets });
  const room = Math.min(counts.zeros, counts.ones);
  const taken: [number, number] = [0, 0];
  const rows = Array.from(targets.data.keys()).filter(
    (row) => taken[targets.data[row] === 1 ? 1 : 0]++ < room,
  );
  const { cols } = inputs;
  const even = { inputs: zeros(rows.length, cols), targets: zeros(rows.length, 1) };
  rows.forEach((from, to) => {
    even.inputs.data.set(inputs.data.subarray(from * cols, (from + 1) * cols), to * cols);
    even.targets.data[to] = targets.data[from]!;
  });
  return even;
}

/** The largest entry of the gradient at the zero start of 2-5-1, by hand. */
export async function gradientAtZero(batch: Batch): Promise<number> {
  const model = mlp([2, 5, 1]);
  const run = await prepareOrThrow(methods['manual-fused'], model, { rows: batch.inputs.rows });
  const grads = zeroParams(model.layout);
  run.valueAndGrad(zeroParams(model.layout), batch, grads);
  return Math.max(...Array.from(grads.values, Math.abs));
}
