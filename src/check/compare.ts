import type { Matrix } from '../numeric/matrix.ts';
import { entryName } from '../params/layout.ts';
import { gradientAllowance } from './allowance.ts';
import { type Answer, assertAnswer } from './answer.ts';
import { type Allowance, type Deviation, type Finding, worstOf } from './deviation.ts';
import { onSomePattern } from './kinks.ts';
import { allowed } from './noisy.ts';
import { type Caught, caughtBy, largestSlotError, largestUlps } from './power.ts';
import type { Tolerance } from './tolerance.ts';
import type { Note, Verdict } from './verdict.ts';

export type Part = 'loss' | 'outputs' | 'gradients' | 'inputs';

export interface Comparison {
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  /** The first part, in the order of `Part`, that does not agree. */
  readonly failed: Part | null;
  /** The worst deviation of `failed`, or of the gradients where all agree. */
  readonly worst: Deviation;
  /** The worst deviation of each part; null for inputs that were not compared. */
  readonly parts: {
    readonly loss: Deviation;
    readonly outputs: Deviation;
    readonly gradients: Deviation;
    readonly inputs: Deviation | null;
  };
  /** The largest distance of two gradient entries, in units in the last place. */
  readonly ulps: number;
  /** The largest difference in any slot, over the norm of that slot's gradient. */
  readonly slotError: number;
  readonly caught: Caught;
}

export interface CompareOptions {
  /** The relative error that error bars must be able to show; 1e-6, or 1e-3 for float32. */
  readonly rtol?: number;
}

/** What differences of a function in this precision resolve (research/gradient-checking.md). */
const RTOL = { float64: 1e-6, float32: 1e-3 } as const;

/**
 * Holds two answers to one problem against each other: the loss first, then outputs, gradients and
 * the inputs' gradient, entry by entry, each against its own tolerance T. An entry with an error bar
 * U agrees when |Δ| ≤ U + T and U is sharp enough; a difference beyond U + T is wrong however large
 * U is. Throws where an answer's shapes are not the problem's.
 */
export function compare(
  a: Answer,
  b: Answer,
  tolerance: Tolerance,
  options: CompareOptions = {},
): Comparison {
  const { sigma, problem } = tolerance;
  assertAnswer(a, problem);
  assertAnswer(b, problem);
  const { entry, flat } = gradientAllowance(a, b, tolerance, options.rtol ?? RTOL[problem.dtype]);
  const findings = {
    loss: worstOf([a.loss], [b.loss], byRounding([sigma.loss]), () => 'loss'),
    outputs: matrixFinding('outputs', a.outputs, b.outputs, sigma.outputs),
    gradients: worstOf(a.grads.values, b.grads.values, entry, (i) =>
      entryName(problem.model.layout, i),
    ),
    // Error bars cover parameters only: an input gradient beside them has none to be judged by.
    inputs:
      a.inputs && b.inputs && !a.uncertainty && !b.uncertainty
        ? matrixFinding('inputs', a.inputs, b.inputs, sigma.inputs)
        : null,
  };

  const failed = PARTS.find((part) => findings[part] && findings[part].verdict !== 'agrees');
  const { verdict, worst } = findings[failed ?? 'gradients']!;
  const nearKink = verdict !== 'agrees' && tolerance.kinks.length > 0;
  const settled =
    nearKink && verdict === 'disagrees' && failed !== 'loss' && failed !== 'outputs'
      ? atKink(a, b, tolerance)
      : verdict;
  const notes: Note[] = [];
  if (nearKink) notes.push('kink');
  if (flat) notes.push('flat');
  return {
    verdict: settled,
    notes,
    failed: settled === 'agrees' ? null : (failed ?? null),
    worst,
    parts: {
      loss: findings.loss.worst,
      outputs: findings.outputs.worst,
      gradients: findings.gradients.worst,
      inputs: findings.inputs?.worst ?? null,
    },
    ulps: largestUlps(a.grads, b.grads),
    slotError: largestSlotError(a.grads, b.grads),
    caught: caughtBy(a.grads, b.grads, entry),
  };
}

const PARTS: readonly Part[] = ['loss', 'outputs', 'gradients', 'inputs'];

const byRounding =
  (sigmas: ArrayLike<number>) =>
  (i: number): Allowance => ({ rounding: allowed(sigmas[i]!), bar: 0, target: 0 });

const matrixFinding = (name: string, a: Matrix, b: Matrix, sigma: Matrix): Finding =>
  worstOf(
    a.data,
    b.data,
    byRounding(sigma.data),
    (i) => `${name}[${Math.floor(i / sigma.cols)},${i % sigma.cols}]`,
  );

/** Two gradients that differ where rounding may decide a branch: right if each is that of a branch. */
function atKink(a: Answer, b: Answer, tolerance: Tolerance): Finding['verdict'] {
  // An error bar already spans both branches: what lies outside it is wrong.
  if (a.uncertainty || b.uncertainty) return 'disagrees';
  const found = [onSomePattern(tolerance, a), onSomePattern(tolerance, b)];
  if (found.includes('no')) return 'disagrees';
  return found.includes('unknown') ? 'unresolved' : 'agrees';
}
