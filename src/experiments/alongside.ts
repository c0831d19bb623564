import type { Answer } from '../check/answer.ts';
import { compare } from '../check/compare.ts';
import { toleranceOf } from '../check/tolerance.ts';
import type { Verdict } from '../check/verdict.ts';
import type { GradientMethod, PreparedGradient } from '../gradients/method.ts';
import { methods } from '../gradients/methods.ts';
import { prepareOrThrow } from '../gradients/prepare-or-throw.ts';
import { batchShape } from '../model/batch.ts';
import { dtypeOf } from '../numeric/dtype.ts';
import { zeros } from '../numeric/matrix.ts';
import { type Params, zeroParams } from '../params/params.ts';
import type { Epoch } from '../training/train-options.ts';
import type { Setup } from './setup.ts';

/** Gradients by hand and by the tape at the same parameters, every so many epochs of a training. */
export interface Along {
  readonly compared: number;
  /** How many comparisons gave each verdict; verdicts that none gave are absent. */
  readonly verdicts: ReadonlyMap<Verdict, number>;
  /** The largest difference of a gradient entry over what rounding allows; 0 where nothing differed. */
  readonly worst: number;
}

/** How many comparisons agree, and in how many rounding leaves too little of the gradient to judge. */
export const settled = ({
  verdicts,
}: Along): { readonly agree: number; readonly unresolved: number } => ({
  agree: verdicts.get('agrees') ?? 0,
  unresolved: verdicts.get('unresolved') ?? 0,
});

/** How many are neither: the gradients differ by more than rounding, or are no numbers. */
export function failures(along: Along): number {
  const { agree, unresolved } = settled(along);
  return along.compared - agree - unresolved;
}

/** Epochs between two comparisons. */
const EVERY = 50;

export interface Watch {
  /** To be called at every epoch; compares at some. */
  see(epoch: Pick<Epoch, 'epoch' | 'params'>): void;
  found(): Along;
}

/** Compares every 50 epochs, and at the last. */
export async function alongside(
  setup: Setup,
  automatic: GradientMethod = methods['tape-textbook'],
): Promise<Watch> {
  const [byHand, byTape] = [
    await prepare(methods['manual-fused'], setup),
    await prepare(automatic, setup),
  ];
  const verdicts = new Map<Verdict, number>();
  let compared = 0;
  let worst = 0;
  return {
    see({ epoch, params }) {
      if (epoch % EVERY !== 0 && epoch !== setup.epochs - 1) return;
      const { model, split } = setup;
      const tolerance = toleranceOf({
        model,
        params,
        batch: split.train,
        dtype: dtypeOf(params.values),
      });
      const found = compare(
        answer(byHand, setup, params),
        answer(byTape, setup, params),
        tolerance,
      );
      compared++;
      verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1);
      worst = Math.max(worst, found.parts.gradients?.normalised ?? 0);
    },
    found: () => ({ compared, verdicts, worst }),
  };
}

const prepare = (
  method: GradientMethod,
  { model, split, params }: Setup,
): Promise<PreparedGradient> =>
  prepareOrThrow(method, model, batchShape(split.train), { dtype: dtypeOf(params.values) });

function answer(run: PreparedGradient, { model, split }: Setup, params: Params): Answer {
  const dtype = dtypeOf(params.values);
  const grads = zeroParams(model.layout, dtype);
  const outputs = zeros(split.train.inputs.rows, model.outputs, dtype);
  const loss = run.valueAndGrad(params, split.train, grads, { outputs });
  return { loss, outputs, grads };
}
