import type { Problem } from '../../../src/check/judge.ts';
import { answerOf, type Call } from '../../../src/check/model/answer-of.ts';
import { allowed } from '../../../src/check/noisy.ts';
import { RTOL } from '../../../src/check/resolution.ts';
import { type Tolerance, toleranceOf } from '../../../src/check/tolerance.ts';
import { manualFused } from '../../../src/gradients/manual/method.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import type { Slot } from '../../../src/params/layout.ts';

/** What a right method and a wrong one give at one point, and how far rounding may part them. */
export interface Beside {
  readonly problem: Problem;
  readonly right: Call;
  readonly first: Call;
  readonly second: Call;
  readonly tolerance: Tolerance;
}

/** The right method is the hand-derived one, which the agreement report holds against nine others. */
export async function beside(problem: Problem, wrong: GradientMethod): Promise<Beside> {
  const { first: right } = await callsOf(problem, manualFused);
  const { first, second } = await callsOf(problem, wrong);
  return { problem, right, first, second, tolerance: toleranceOf(problem) };
}

async function callsOf(
  problem: Problem,
  method: GradientMethod,
): Promise<{ readonly first: Call; readonly second: Call }> {
  const answer = await answerOf(method, problem);
  if (answer.kind === 'refused') throw new Error(`${method.name}: ${answer.why}`);
  return answer;
}

/** Slots in which a gradient differs from the right one by more than rounding. */
export function wrongSlots({ problem, right, first, tolerance }: Beside): readonly Slot[] {
  const { values: sigma } = tolerance.sigma.grads;
  return problem.model.layout.slots.filter(({ offset, size }) => {
    for (let i = offset; i < offset + size; i++) {
      // Written so that NaN is wrong.
      if (!(Math.abs(first.grads[i]! - right.grads[i]!) <= allowed(sigma[i]!))) return true;
    }
    return false;
  });
}

/** Whether it shows at all at this point: in the gradient, the next call's, or the arguments. */
export const shows = (found: Beside): boolean =>
  found.first.changed !== null ||
  wrongSlots(found).length > 0 ||
  wrongSlots({ ...found, right: found.first, first: found.second }).length > 0;

/**
 * Whether two gradients are the same in a slot, c times the second: by what rounding allows two right
 * ones, and in proportion where they are larger. A wrong pass may carry down the rounding of what
 * cancels above it, Σδ = 0 without its weights say: as much as the whole gradient's, if the slot's own
 * is far above that.
 */
export function sameInSlot(
  { right, tolerance, problem }: Pick<Beside, 'right' | 'tolerance' | 'problem'>,
  slot: Slot,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  c = 1,
): boolean {
  const sigma = (i: number): number => tolerance.sigma.grads.values[i]!;
  const ofRight = largest(slot, (i) => Math.abs(right.grads[i]!));
  const scale = largest(slot, (i) => Math.abs(a[i]!)) / ofRight;
  const carried = allowed(largest({ offset: 0, size: problem.model.layout.size }, sigma));
  const within = Math.max(
    allowed(largest(slot, sigma)) * Math.max(1, Number.isFinite(scale) ? scale : 1),
    Math.min(carried, RTOL.float64 * ofRight),
  );
  for (let i = slot.offset; i < slot.offset + slot.size; i++) {
    if (!(Math.abs(a[i]! - c * b[i]!) <= within) && !Object.is(a[i], b[i])) return false;
  }
  return true;
}

function largest(
  { offset, size }: Pick<Slot, 'offset' | 'size'>,
  of: (i: number) => number,
): number {
  let most = 0;
  for (let i = offset; i < offset + size; i++) most = Math.max(most, of(i));
  return most;
}
