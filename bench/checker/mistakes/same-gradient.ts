import type { Problem } from '../../../src/check/judge.ts';
import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import { genericPoint } from '../../../src/check/model/generic-points.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';
import { random } from '../../../src/numeric/random.ts';
import { ratio } from './compose.ts';
import { type Beside, beside, sameInSlot } from './gradients.ts';

/** Batches of points that the checker has not seen: no width, and no size that it takes itself. */
const FRESH_ROWS = [37, 41];

/**
 * Whether a name that the checker gave, `a` or `a + b`, has the planted gradient at points of its
 * own: the same slot by slot, the second mistake in other slots, or as a factor of the whole.
 */
export async function isSameGradient(
  problem: Problem,
  name: string,
  planted: () => GradientMethod,
  seed: number,
): Promise<boolean> {
  const named = name.split(' + ').map((part) => {
    const mistake = mistakes.find((m) => m.name === part);
    if (!mistake) throw new Error(`the checker named "${part}", which the bank does not have`);
    return mistake;
  });
  const source = random(seed).fork(NEW_POINTS);
  for (const rows of FRESH_ROWS) {
    const point = genericPoint(problem, rows, source);
    const found = await beside(point, planted());
    const others: Beside[] = [];
    for (const { method } of named) others.push(await beside(point, method()));
    if (!explained(found, others)) return false;
  }
  return true;
}

/** Any number that the checker does not fork by. */
const NEW_POINTS = 77;

function explained(found: Beside, others: readonly Beside[]): boolean {
  const { slots } = found.problem.model.layout;
  const { right, first, second } = found;
  const bySlots = slots.every((slot) =>
    [right, ...others.map((o) => o.first)].some(({ grads }) =>
      sameInSlot(found, slot, first.grads, grads),
    ),
  );
  const again = others.some((o) =>
    slots.every((slot) => sameInSlot(found, slot, second.grads, o.second.grads)),
  );
  const steady = slots.every((slot) => sameInSlot(found, slot, second.grads, first.grads));
  if (bySlots && (steady || again)) return true;
  const [a, b] = others;
  if (!a || !b) return false;
  return [
    [a, b],
    [b, a],
  ].some(([structure, factor]) => {
    const c = ratio(factor!.first.grads, right.grads);
    return slots.every((s) => sameInSlot(found, s, first.grads, structure!.first.grads, c));
  });
}
