import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../../../src/gradients/pytorch/fingerprint.ts';
import { packageHome } from '../../../src/node/environment.ts';
import type { WorkloadId } from '../../../src/training/workloads.ts';
import { type Answer, ask, type Question, type Tool, type ToolVersion } from './ask.ts';
import { type Activation, type Problem, problemOf } from './problem.ts';
import { TIGHT } from './torch-tolerances.ts';
import type { OtherName } from './trial.ts';

/** bench/checker/gradcheck.json: what the other tools themselves said and took, once. */
export interface Recorded {
  readonly torch: ToolVersion;
  readonly jax: ToolVersion;
  readonly cpu: string;
  readonly cores: number;
  readonly trials: readonly RecordedTrial[];
  readonly costs: readonly RecordedCost[];
}

/** A gradient, and the check to ask about it. */
export interface AskedTrial {
  readonly activation: Activation;
  readonly trial: number;
  readonly scheme: OtherName;
}

/** What it said. */
export interface RecordedTrial extends AskedTrial {
  /** Of the parameters and the batch. */
  readonly fingerprint: string;
  readonly entry: number;
  /** Errors of that entry. */
  readonly sizes: readonly number[];
  /** Whether it said that the gradient is wrong, one a size. */
  readonly caught: readonly boolean[];
}

/** PyTorch's slow mode on the right gradient of a workload. */
export interface RecordedCost {
  readonly workload: WorkloadId;
  readonly rows: number;
  readonly entries: number;
  readonly calls: number;
  /** Of the core, one a run. */
  readonly seconds: readonly number[];
  /** The machine's processes that ran or waited, over the minute before. */
  readonly load: number;
}

/** From the root of the package. */
export const RECORDED = 'bench/checker/gradcheck.json';

export async function readRecorded(): Promise<Recorded> {
  // `record.ts` wrote it; a test reads every field.
  return JSON.parse(await readFile(join(packageHome(), RECORDED), 'utf8')) as Recorded;
}

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
  { f, params }: Pick<Problem, 'f' | 'params'>,
  { loss }: Pick<Answer, 'loss'>,
): void {
  const ours = f(Float64Array.from(params.values));
  if (Math.abs(loss - ours) <= LOSS_TOLERANCE * Math.abs(ours)) return;
  throw new Error(`the other tool: got loss ${loss}, expected ${ours}`);
}
