import { type Agreement, type MethodRow, measureAgreement } from '../../src/check/agreement.ts';
import type { Comparison } from '../../src/check/compare.ts';
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
  /** Of the part that does not agree; else the worst of loss, outputs, gradients and inputs. */
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

/** Every method that has its say on a problem, and every two of them. `given` is for tests. */
export async function measureCase(
  c: Case,
  recorded: readonly Recorded[],
  given: readonly GradientMethod[] = Object.values(methods),
): Promise<CaseResult> {
  const all = [...given, recordedMethod(recorded)];
  const asked = all.filter((method) => !(method.name in c.leftOut));
  const { model, params, batch, dtype } = c.problem;
  const agreement = await measureAgreement(model, params, batch, asked, { dtype });
  const leftOut = all.flatMap(({ name }) => {
    const why = c.leftOut[name];
    return why === undefined ? [] : [{ method: name, why }];
  });
  const varying = agreement.rows.filter(({ notes }) => notes.includes('varies'));
  const pairs = agreement.cells.map(({ a, b, comparison }): PairResult => {
    const varies = varying.some(({ method }) => method === a || method === b);
    return {
      a,
      b,
      verdict: comparison.verdict,
      notes: varies ? [...comparison.notes, 'varies'] : comparison.notes,
      loss: comparison.parts.loss,
      worst: worstOf(comparison),
      ulps: comparison.ulps,
      caught: comparison.caught.relative,
    };
  });
  const sampled = recorded.find(
    ({ name, gradient }) => name === c.name && gradient.kind === 'sampled',
  );
  if (!sampled || 'pytorch' in c.leftOut) return { case: c, rows: agreement.rows, pairs, leftOut };
  // What is recorded as samples is no answer, but it is compared all the same.
  return {
    case: c,
    rows: agreement.rows.filter(({ method }) => method !== 'pytorch'),
    pairs: [...pairs, ...samplePairs(agreement, sampled)],
    leftOut,
  };
}

function worstOf({ failed, worst, parts }: Comparison): Deviation {
  if (failed) return worst;
  const all = [parts.loss, parts.outputs, parts.gradients, parts.inputs];
  return largest(all.filter((part) => part !== null));
}

const largest = (deviations: readonly Deviation[]): Deviation =>
  deviations.reduce((a, b) => (b.normalised > a.normalised ? b : a));

function samplePairs({ rows, tolerance }: Agreement, recorded: Recorded): PairResult[] {
  const answered = rows.filter((row) => row.kind === 'answered');
  const answers = answered.map(({ answer }) => answer);
  return compareSamples(answers, recorded, tolerance).map(({ entries, projections }, n) => {
    const judged = entries.verdict === 'agrees' ? projections : entries;
    return {
      a: answered[n]!.method,
      b: 'pytorch',
      verdict: judged.verdict,
      notes: [...entries.notes, 'sampled'],
      loss: entries.parts.loss,
      worst:
        judged.verdict === 'agrees' ? largest([worstOf(entries), projections.worst]) : judged.worst,
      ulps: entries.ulps,
      caught: Number.NaN,
    };
  });
}
