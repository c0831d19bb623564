import type { Answer } from '../../src/check/answer.ts';
import { type Comparison, compare } from '../../src/check/compare.ts';
import { type Finding, worstOf } from '../../src/check/deviation.ts';
import { allowed } from '../../src/check/noisy.ts';
import type { Tolerance } from '../../src/check/tolerance.ts';
import type { Recorded } from '../../src/gradients/pytorch/recorded.ts';
import {
  direction,
  type GradientSamples,
  PROJECTIONS,
  sampleGradient,
} from '../../src/gradients/pytorch/samples.ts';
import { UNIT_ROUNDOFF } from '../../src/numeric/dtype.ts';
import { copyParams } from '../../src/params/params.ts';

/** A method against what is recorded of a gradient too large to commit. */
export interface SampleComparison {
  /** Loss, outputs and the sampled entries, all by their tolerances. */
  readonly entries: Comparison;
  /** The gradient's products with fixed directions, which every entry is part of. */
  readonly projections: Finding;
}

/** Each answer against the samples. Throws where the gradient is recorded in full. */
export function compareSamples(
  answers: readonly Answer[],
  recorded: Recorded,
  tolerance: Tolerance,
): SampleComparison[] {
  if (recorded.gradient.kind !== 'sampled') {
    throw new TypeError(`${recorded.name}: recorded in full, expected samples`);
  }
  const { samples } = recorded.gradient;
  return answers.map((answer) => {
    const { projections } = sampleGradient(answer.grads, samples.indices);
    const sigmas = projectionSigmas(answer, tolerance);
    return {
      entries: compare(answer, filledIn(answer, recorded, samples), tolerance),
      projections: worstOf(
        projections,
        samples.projections,
        (k) => ({
          rounding: allowed(sigmas[k]!),
          bar: 0,
          barLimit: 0,
          // A sum of entries that are each resolved above: how much of it cancels decides nothing.
          roundingLimit: Number.POSITIVE_INFINITY,
        }),
        (k) => `projection ${k}`,
      ),
    };
  });
}

/** What is recorded; where nothing is, the answer's own entry stands, equal and so without a say. */
function filledIn(answer: Answer, recorded: Recorded, samples: GradientSamples): Answer {
  const grads = copyParams(answer.grads);
  samples.indices.forEach((index, n) => {
    grads.values[index] = samples.entries[n]!;
  });
  return { loss: recorded.loss, outputs: recorded.outputs, grads };
}

/** σ of each projection: the entries' own, and the rounding of n products added in any order. */
function projectionSigmas({ grads: { values } }: Answer, { sigma }: Tolerance): number[] {
  const sigmas = sigma.grads.values;
  const size = sigmas.length;
  const u = UNIT_ROUNDOFF.float64;
  return Array.from({ length: PROJECTIONS }, (_, k) => {
    const d = direction(size, k);
    let variance = 0;
    let magnitude = 0;
    for (let i = 0; i < size; i++) {
      variance += (d[i]! * sigmas[i]!) ** 2;
      magnitude += Math.abs(d[i]! * values[i]!);
    }
    return Math.sqrt(variance + (size / 3 + 1) * (u * magnitude) ** 2);
  });
}
