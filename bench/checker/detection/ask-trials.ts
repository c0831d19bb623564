import { fingerprint } from '../../../src/gradients/pytorch/fingerprint.ts';
import { type Answer, ask, type Question, type Tool, type ToolVersion } from './ask.ts';
import type { OtherName } from './others.ts';
import { problemOf, type TrialProblem } from './problem.ts';
import type { RecordedTrial } from './recorded.ts';
import { TIGHT } from './torch-tolerances.ts';

/** A gradient, and the check to ask about it. */
export type AskedTrial = Pick<RecordedTrial, 'activation' | 'trial' | 'scheme'>;

/** Whose check it is, and how that is called. */
export const CALLS: {
  readonly [N in OtherName]: { readonly tool: Tool; readonly options: Question['options'] };
} = {
  'torch slow': { tool: 'torch', options: {} },
  'torch tight': { tool: 'torch', options: { ...TIGHT } },
  'torch fast': { tool: 'torch', options: { fast_mode: true } },
  jax: { tool: 'jax', options: {} },
};

/** Asks a tool now about these trials, all of its own checks. */
export async function askTrials(
  tool: Tool,
  trials: readonly AskedTrial[],
  sizes: readonly number[],
): Promise<{ readonly about: ToolVersion; readonly trials: RecordedTrial[] }> {
  const problems = await Promise.all(trials.map((t) => problemOf(t.activation, t.trial)));
  const { answers, ...about } = await ask(
    tool,
    trials.map(({ scheme }, i) => {
      const { model, params, batch, entry } = problems[i]!;
      return { model, params, batch, entry, errors: sizes, options: CALLS[scheme].options };
    }),
  );
  const answered = trials.map((t, i): RecordedTrial => {
    const { params, batch, entry } = problems[i]!;
    assertSameLoss(problems[i]!, answers[i]!);
    const caught = answers[i]!.passes.map((p) => !p);
    return { ...t, fingerprint: fingerprint(params, batch), entry, sizes, caught };
  });
  return { about, trials: answered };
}

/** Sums in another order, of numbers near 1, differ by less. */
const LOSS_TOLERANCE = 1e-12;

/** Throws where the tool computed another function than ours. */
export function assertSameLoss(
  { f, params }: Pick<TrialProblem, 'f' | 'params'>,
  { loss }: Pick<Answer, 'loss'>,
): void {
  const ours = f(Float64Array.from(params.values));
  if (Math.abs(loss - ours) <= LOSS_TOLERANCE * Math.abs(ours)) return;
  throw new Error(`the other tool: got loss ${loss}, expected ${ours}`);
}
