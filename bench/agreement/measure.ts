import { type Agreement, type MethodRow, measureAgreement } from '../../src/check/agreement.ts';
import type { Deviation } from '../../src/check/deviation.ts';
import type { Verdict } from '../../src/check/verdict.ts';
import type { GradientMethod } from '../../src/gradients/method.ts';
import { methods } from '../../src/gradients/methods.ts';
import type { Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { recordedMethod } from '../../src/gradients/pytorch.ts';
import type { Case } from './problems.ts';
import { compareSamples } from './samples.ts';

/** Two methods on one problem, as far as a report tells it. */
export interface PairResult {
  readonly a: string;
  readonly b: string;
  readonly verdict: Verdict;
  readonly notes: readonly string[];
  readonly loss: Deviation;
  /** The worst of outputs and gradients. */
  readonly worst: Deviation;
  readonly ulps: number;
  /** The smallest error in one entry that would have been caught, over ‖gradient‖. */
  readonly caught: number;
}

export interface CaseResult {
  readonly case: Case;
  readonly rows: readonly MethodRow[];
  readonly pairs: readonly PairResult[];
  readonly leftOut: readonly { readonly method: string; readonly why: string }[];
}

/** Every method that has its say on a problem, and every two of them. */
export async function measureCase(c: Case, recorded: readonly Recorded[]): Promise<CaseResult> {
  const all: GradientMethod[] = [...Object.values(methods), recordedMethod(recorded)];
  const asked = all.filter((method) => !(method.name in c.leftOut));
  const { model, params, batch, dtype } = c.problem;
  const agreement = await measureAgreement(model, params, batch, asked, { dtype });
  const leftOut = all.flatMap(({ name }) => {
    const why = c.leftOut[name];
    return why === undefined ? [] : [{ method: name, why }];
  });
  const pairs = agreement.cells.map(({ a, b, comparison }): PairResult => {
    const { outputs, gradients } = comparison.parts;
    return {
      a,
      b,
      verdict: comparison.verdict,
      notes: comparison.notes,
      loss: comparison.parts.loss,
      worst: outputs.normalised > gradients.normalised ? outputs : gradients,
      ulps: comparison.ulps,
      caught: comparison.caught.relative,
    };
  });
  const sampled = recorded.find(
    ({ name, gradient }) => name === c.name && gradient.kind === 'sampled',
  );
  if (!sampled) return { case: c, rows: agreement.rows, pairs, leftOut };
  // What is recorded as samples is no answer, but it is compared all the same.
  return {
    case: c,
    rows: agreement.rows.filter(({ method }) => method !== 'pytorch'),
    pairs: [...pairs, ...samplePairs(agreement, sampled)],
    leftOut,
  };
}

function samplePairs({ rows, tolerance }: Agreement, recorded: Recorded): PairResult[] {
  const answered = rows.filter((row) => row.kind === 'answered');
  const answers = answered.map(({ answer }) => answer);
  return compareSamples(answers, recorded, tolerance).map((comparison, n) => {
    const { verdict, loss, entries, projections } = comparison;
    return {
      a: answered[n]!.method,
      b: 'pytorch',
      verdict,
      notes: ['sampled'],
      loss,
      worst: entries.normalised > projections.normalised ? entries : projections,
      ulps: Number.NaN,
      caught: Number.NaN,
    };
  });
}
