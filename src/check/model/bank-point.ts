import type { GradientMethod } from '../../gradients/method.ts';
import { UNIT_ROUNDOFF } from '../../numeric/dtype.ts';
import type { Slot } from '../../params/layout.ts';
import type { Problem } from '../judge.ts';
import { allowed } from '../noisy.ts';
import { type Answered, answerOf, same } from './answer-of.ts';
import type { Oracle } from './oracle.ts';

export type Calls = Extract<Answered, { kind: 'answered' }>;

/** A wrong method at one problem, and what a known mistake must give to be it. */
export interface BankPoint {
  readonly problem: Problem;
  /** Which slots of its first gradient are right. */
  readonly right: readonly boolean[];
  /** What a mistake does here; null where it does not answer. */
  readonly trace: (mistake: GradientMethod) => Promise<Trace | null>;
}

/** A mistake beside the wrong method, slot by slot of the first call's gradient. */
export interface Trace {
  /** Where it differs from the truth. */
  readonly touched: readonly boolean[];
  /** Where it gives what the wrong method gives. */
  readonly matches: readonly boolean[];
  /** Whether the second call's gradient and the params it leaves are the wrong method's too. */
  readonly restMatches: boolean;
  /** Whether its second call is its first again, and leaves the params alone. */
  readonly steady: boolean;
  /** c where the wrong method gives c times the mistake's gradient throughout. */
  readonly factor: number | null;
  /** c where the mistake gives c times the truth throughout. */
  readonly ownFactor: number | null;
}

/**
 * Two computations of one wrong formula differ as two right ones do: by σ, and in proportion where
 * the formula makes the gradient larger.
 */
export function bankPoint(oracle: Oracle, student: Calls): BankPoint {
  const { problem } = oracle.network;
  const { slots } = problem.model.layout;
  const { value: truth, bar } = oracle.gradient;
  const variance = oracle.errors.grads;
  const largest = slots.map((slot) => Math.sqrt(greatest(variance, slot)));
  const relative = slots.reduce((share, slot, i) => {
    const size = rms(truth, slot);
    return size > 0 ? Math.max(share, largest[i]! / size) : share;
  }, UNIT_ROUNDOFF[problem.dtype]);
  /** Slot by slot: is a within rounding of c·b, b known to within `known` or exactly? */
  const each = (
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    known: ArrayLike<number> | null = null,
    c = 1,
  ): boolean[] =>
    slots.map((slot, s) => {
      const size = Math.max(rms(a, slot), Math.abs(c) * rms(b, slot));
      const tolerance = allowed(largest[s]! + relative * size);
      for (let i = slot.offset; i < slot.offset + slot.size; i++) {
        const off = Math.abs(a[i]! - c * b[i]!);
        const bar = Math.abs(c) * (known?.[i] ?? 0);
        if (!(off <= tolerance + bar) && !Object.is(a[i], b[i])) return false;
      }
      return true;
    });
  const multiple = (
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    known: ArrayLike<number> | null = null,
  ): number | null => {
    const c = ratio(a, b);
    return c !== null && each(a, b, known, c).every(Boolean) ? c : null;
  };
  const step = allowed(largest.reduce((a, b) => Math.max(a, b), 0));
  const sameParams = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
    for (let i = 0; i < a.length; i++) {
      const rounding = UNIT_ROUNDOFF[problem.dtype] * Math.abs(a[i]!);
      if (!(Math.abs(a[i]! - b[i]!) <= step + 2 * rounding)) return false;
    }
    return true;
  };
  return {
    problem,
    right: each(student.first.grads, truth, bar),
    trace: async (mistake) => {
      const answer = await answerOf(mistake, problem);
      if (answer.kind === 'refused') return null;
      const { first, second } = answer;
      return {
        touched: each(first.grads, truth, bar).map((same) => !same),
        matches: each(student.first.grads, first.grads),
        restMatches:
          each(student.second.grads, second.grads).every(Boolean) &&
          sameParams(student.first.params, first.params),
        steady: same(first.grads, second.grads) && first.changed === null,
        factor: multiple(student.first.grads, first.grads),
        ownFactor: multiple(first.grads, truth, bar),
      };
    },
  };
}

/** The c that brings c·b nearest to a; null where there is none to tell. */
function ratio(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  let product = 0;
  let square = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    square += b[i]! * b[i]!;
  }
  const c = product / square;
  return Number.isFinite(c) && c !== 0 ? c : null;
}

function rms(values: ArrayLike<number>, { offset, size }: Slot): number {
  let squares = 0;
  for (let i = offset; i < offset + size; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares / size);
}

function greatest(values: Float64Array, { offset, size }: Slot): number {
  let largest = 0;
  for (let i = offset; i < offset + size; i++) largest = Math.max(largest, values[i]!);
  return largest;
}
