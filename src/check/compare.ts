import type { Matrix } from '../numeric/matrix.ts';
import { entryName } from '../params/layout.ts';
import { allowances } from './allowance.ts';
import { type Answer, assertAnswer } from './answer.ts';
import { type Allowance, type Deviation, type Finding, worstOf } from './deviation.ts';
import { onSomePattern } from './kinks.ts';
import { type Caught, caughtBy, largestSlotError, largestUlps } from './power.ts';
import { HIDDEN, RTOL } from './resolution.ts';
import type { Tolerance } from './tolerance.ts';
import { movedByParams } from './undecided-units.ts';
import type { Note, Verdict } from './verdict.ts';

export type Part = 'loss' | 'outputs' | 'gradients' | 'inputs';

export interface Comparison {
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  /** The first part, in the order of `Part`, that is wrong; else the first that is unresolved. */
  readonly failed: Part | null;
  /** The worst deviation of `failed`; where all agree, of the gradients, or of the loss of a network without any. */
  readonly worst: Deviation;
  /** The worst deviation of each part; null where there are no parameters, or inputs not compared. */
  readonly parts: {
    readonly loss: Deviation;
    readonly outputs: Deviation;
    readonly gradients: Deviation | null;
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

/**
 * Holds two answers to one problem against each other: the loss first, then outputs, gradients and
 * the inputs' gradient, entry by entry, each against its own tolerance T and error bar U. An entry
 * agrees when |Δ| ≤ U + T and both are sharp enough, and is `unresolved` where they are not; a
 * difference beyond U + T is wrong however large they are. Throws where an answer's shapes are not
 * the problem's.
 */
export function compare(
  a: Answer,
  b: Answer,
  tolerance: Tolerance,
  options: CompareOptions = {},
): Comparison {
  const { problem } = tolerance;
  assertAnswer(a, problem);
  assertAnswer(b, problem);
  const allowance = allowances(a, b, tolerance, {
    bar: options.rtol ?? RTOL[problem.dtype],
    rounding: HIDDEN[problem.dtype],
  });
  const findings = {
    loss: worstOf(
      [a.loss],
      [b.loss],
      () => allowance.loss,
      () => 'loss',
    ),
    outputs: matrixFinding('outputs', a.outputs, b.outputs, allowance.outputs),
    gradients:
      problem.model.layout.size > 0
        ? worstOf(a.grads.values, b.grads.values, allowance.gradients, (i) =>
            entryName(problem.model.layout, i),
          )
        : null,
    inputs:
      a.inputs && b.inputs && knowsInputs(a) && knowsInputs(b)
        ? matrixFinding('inputs', a.inputs, b.inputs, allowance.inputs)
        : null,
  };

  const having = (verdicts: readonly Finding['verdict'][]): Part | undefined =>
    PARTS.find((part) => findings[part] && verdicts.includes(findings[part].verdict));
  // What cannot be judged must not hide what is wrong after it.
  const failed = having(['disagrees', 'not-finite']) ?? having(['unresolved']);
  const { verdict, worst } = findings[failed ?? 'gradients'] ?? findings.loss;
  // Units that the inputs alone move excuse no other part.
  const kinks = failed === 'inputs' ? tolerance.kinks : tolerance.kinks.filter(movedByParams);
  const nearKink = verdict !== 'agrees' && kinks.length > 0;
  const blunt = Object.values(findings).some((finding) => finding?.blunt);
  const settled =
    nearKink && verdict === 'disagrees' && failed !== 'loss' && failed !== 'outputs'
      ? atKink(a, b, tolerance, blunt)
      : verdict;
  const notes: Note[] = [];
  if (nearKink) notes.push('kink');
  if (allowance.flat) notes.push('flat');
  return {
    verdict: settled,
    notes,
    failed: settled === 'agrees' ? null : (failed ?? null),
    worst,
    parts: {
      loss: findings.loss.worst,
      outputs: findings.outputs.worst,
      gradients: findings.gradients?.worst ?? null,
      inputs: findings.inputs?.worst ?? null,
    },
    ulps: largestUlps(a.grads, b.grads),
    slotError: largestSlotError(a.grads, b.grads),
    caught: caughtBy(a.grads, b.grads, allowance.gradients),
  };
}

const PARTS: readonly Part[] = ['loss', 'outputs', 'gradients', 'inputs'];

const matrixFinding = (
  name: string,
  a: Matrix,
  b: Matrix,
  allowance: (index: number) => Allowance,
): Finding =>
  worstOf(a.data, b.data, allowance, (i) => `${name}[${Math.floor(i / a.cols)},${i % a.cols}]`);

/** Who has error bars of the parameters' gradient only has none to judge the inputs' by. */
const knowsInputs = ({ uncertainty, inputsUncertainty }: Answer): boolean =>
  !uncertainty || inputsUncertainty !== undefined;

/** Two gradients that differ where rounding may decide a branch: right if each is that of a branch. */
function atKink(a: Answer, b: Answer, tolerance: Tolerance, blunt: boolean): Finding['verdict'] {
  // An error bar already spans both branches: what lies outside it is wrong.
  if ([a, b].some((x) => x.uncertainty || x.inputsUncertainty)) return 'disagrees';
  const found = [onSomePattern(tolerance, a), onSomePattern(tolerance, b)];
  if (found.includes('no')) return 'disagrees';
  return blunt || found.includes('unknown') ? 'unresolved' : 'agrees';
}
