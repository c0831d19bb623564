import { fused as fusedRules } from '../../gradients/manual/fused.ts';
import { manualMethod } from '../../gradients/manual/method.ts';
import { textbook as textbookRules } from '../../gradients/manual/textbook.ts';
import type { GradientMethod } from '../../gradients/method.ts';
import { prepareOrThrow } from '../../gradients/prepare-or-throw.ts';
import { fused, textbook } from '../../gradients/tape/compositions.ts';
import { eager } from '../../gradients/tape/method.ts';
import { fast } from '../../numeric/kernels/fast.ts';
import type { Kernels } from '../../numeric/kernels/kernels.ts';
import type { Matrix } from '../../numeric/matrix.ts';
import { zeroParams } from '../../params/params.ts';
import type { Setup } from '../setup.ts';

/** Numbers in the matrices that a step's kernels touch, data and parameters included. */
export interface Held {
  /** By the forward pass, and so held until the walk back. */
  readonly forward: number;
  /** By the whole step. */
  readonly step: number;
}

export type HeldBy = {
  readonly [E in 'manual-fused' | 'manual-textbook' | 'tape-fused' | 'tape-textbook']: Held;
};

export const heldBy = async (setup: Setup): Promise<HeldBy> => ({
  'manual-fused': await held(setup, (k) => manualMethod('manual-fused', fusedRules, k)),
  'manual-textbook': await held(setup, (k) => manualMethod('manual-textbook', textbookRules, k)),
  'tape-fused': await held(setup, (k) => eager('tape-fused', fused, k)),
  'tape-textbook': await held(setup, (k) => eager('tape-textbook', textbook, k)),
});

async function held(
  { model, split: { train }, params }: Setup,
  methodOn: (kernels: Kernels) => GradientMethod,
): Promise<Held> {
  const touched = new Set<Matrix>();
  const method = methodOn(touching(touched));
  const run = await prepareOrThrow(method, model, { rows: train.inputs.rows });
  const numbers = (): number => [...touched].reduce((sum, { data }) => sum + data.length, 0);

  touched.clear(); // constants are filled in once, at preparation
  run.value?.(params, train);
  const forward = numbers();
  touched.clear();
  run.valueAndGrad(params, train, zeroParams(model.layout));
  return { forward, step: numbers() };
}

/** The fast kernels, each noting the matrices it is given. */
const touching = (touched: Set<Matrix>): Kernels =>
  Object.fromEntries(
    Object.entries(fast).map(([name, kernel]) => [
      name,
      (...operands: (Matrix | number)[]) => {
        for (const operand of operands) if (typeof operand !== 'number') touched.add(operand);
        (kernel as (...all: unknown[]) => void)(...operands);
      },
    ]),
  ) as unknown as Kernels; // the same names, each with its own operands
