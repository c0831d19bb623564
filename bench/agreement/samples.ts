import type { Answer } from '../../src/check/answer.ts';
import { type Deviation, worstOf } from '../../src/check/deviation.ts';
import { allowed } from '../../src/check/noisy.ts';
import type { Tolerance } from '../../src/check/tolerance.ts';
import type { Verdict } from '../../src/check/verdict.ts';
import type { Recorded } from '../../src/gradients/pytorch/recorded.ts';
import { direction, PROJECTIONS } from '../../src/gradients/pytorch/samples.ts';
import { UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { entryName } from '../../src/params/layout.ts';

/** A method against what is recorded of a gradient too large to commit. */
export interface SampleComparison {
  readonly verdict: Verdict;
  readonly loss: Deviation;
  readonly entries: Deviation;
  readonly projections: Deviation;
}

/** Of each answer: loss, sampled entries, and projections of the gradient, each by its tolerance. */
export function compareSamples(
  answers: readonly Answer[],
  recorded: Recorded,
  { problem, sigma }: Tolerance,
): SampleComparison[] {
  if (recorded.gradient.kind !== 'sampled') {
    throw new TypeError(`${recorded.name}: recorded in full, expected samples`);
  }
  const { samples } = recorded.gradient;
  const projected = project(answers, sigma.grads.values);
  const by = (standardDeviation: number) => ({
    rounding: allowed(standardDeviation),
    bar: 0,
    target: 0,
  });
  return answers.map(({ loss: value, grads }, n) => {
    const loss = worstOf(
      [value],
      [recorded.loss],
      () => by(sigma.loss),
      () => 'loss',
    );
    const entries = worstOf(
      samples.indices.map((i) => grads.values[i]!),
      samples.entries,
      (i) => by(sigma.grads.values[samples.indices[i]!]!),
      (i) => entryName(problem.model.layout, samples.indices[i]!),
    );
    const projections = worstOf(
      projected.map(({ values }) => values[n]!),
      samples.projections,
      (k) => by(projected[k]!.sigma),
      (k) => `projection ${k}`,
    );
    const failed = [loss, entries, projections].find(({ verdict }) => verdict !== 'agrees');
    return {
      verdict: failed?.verdict ?? 'agrees',
      loss: loss.worst,
      entries: entries.worst,
      projections: projections.worst,
    };
  });
}

interface Projection {
  /** ⟨d, gradient⟩, one an answer. */
  readonly values: readonly number[];
  /** Its σ: the entries' own, and the rounding of a sum of n products added in any order. */
  readonly sigma: number;
}

/** Every answer's gradient along each direction; a direction is made once for all of them. */
function project(answers: readonly Answer[], sigmas: ArrayLike<number>): Projection[] {
  const gradients = answers.map(({ grads }) => grads.values);
  const size = sigmas.length;
  const u = UNIT_ROUNDOFF.float64;
  return Array.from({ length: PROJECTIONS }, (_, k) => {
    const d = direction(size, k);
    let variance = 0;
    let magnitude = 0;
    for (let i = 0; i < size; i++) {
      variance += (d[i]! * sigmas[i]!) ** 2;
      magnitude += Math.abs(d[i]! * gradients[0]![i]!);
    }
    const values = gradients.map((gradient) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += d[i]! * gradient[i]!;
      return sum;
    });
    return { values, sigma: Math.sqrt(variance + (size / 3 + 1) * (u * magnitude) ** 2) };
  });
}
