import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../../../src/gradients/pytorch/fingerprint.ts';
import { packageHome } from '../../../src/node/environment.ts';
import type { WorkloadId } from '../../../src/training/workloads.ts';
import { type Answer, askGradcheck, type Mode } from './gradcheck.ts';
import { type Activation, type Problem, problemOf } from './problem.ts';

/** bench/checker/gradcheck.json: what PyTorch's own gradcheck said and took, once. */
export interface Recorded {
  readonly torch: string;
  readonly python: string;
  readonly cpu: string;
  readonly trials: readonly RecordedTrial[];
  readonly costs: readonly RecordedCost[];
}

/** What it said of one trial's gradient. */
export interface RecordedTrial {
  readonly activation: Activation;
  readonly trial: number;
  /** Of the parameters and the batch. */
  readonly fingerprint: string;
  readonly entry: number;
  /** Errors of that entry. */
  readonly sizes: readonly number[];
  /** Whether it said that the gradient is wrong, one a size. */
  readonly caught: { readonly [M in Mode]: readonly boolean[] };
}

/** Its slow mode on the right gradient of a workload. */
export interface RecordedCost {
  readonly workload: WorkloadId;
  readonly rows: number;
  readonly entries: number;
  readonly calls: number;
  /** Of the core, one a run. */
  readonly seconds: readonly number[];
}

/** From the root of the package. */
export const RECORDED = 'bench/checker/gradcheck.json';

export async function readRecorded(): Promise<Recorded> {
  // `record.ts` wrote it; a test reads every field.
  return JSON.parse(await readFile(join(packageHome(), RECORDED), 'utf8')) as Recorded;
}

/** Asks PyTorch now about these trials. */
export async function askTrials(
  trials: readonly { readonly activation: Activation; readonly trial: number }[],
  sizes: readonly number[],
): Promise<{ readonly torch: string; readonly python: string; readonly trials: RecordedTrial[] }> {
  const problems = await Promise.all(trials.map((t) => problemOf(t.activation, t.trial)));
  const { torch, python, answers } = await askGradcheck(
    problems.map((problem) => ({ ...problem, errors: sizes, modes: ['slow', 'fast'] })),
  );
  const answered = trials.map((t, i): RecordedTrial => {
    const { params, batch, entry } = problems[i]!;
    assertSameLoss(problems[i]!, answers[i]!);
    const caught = (mode: Mode): boolean[] => answers[i]!.modes[mode]!.passes.map((p) => !p);
    return {
      ...{ ...t, fingerprint: fingerprint(params, batch), entry, sizes },
      caught: { slow: caught('slow'), fast: caught('fast') },
    };
  });
  return { torch, python, trials: answered };
}

/** Sums in another order, of numbers near 1, differ by less. */
const LOSS_TOLERANCE = 1e-12;

/** Throws where PyTorch computed another function than ours. */
export function assertSameLoss(
  { f, params }: Pick<Problem, 'f' | 'params'>,
  { loss }: Answer,
): void {
  const ours = f(Float64Array.from(params.values));
  if (Math.abs(loss - ours) <= LOSS_TOLERANCE * Math.abs(ours)) return;
  throw new Error(`gradcheck.py: got loss ${loss}, expected ${ours}`);
}
