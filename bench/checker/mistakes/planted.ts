import type { Problem } from '../../../src/check/judge.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import { mistakes } from '../../../src/check/mistakes/mistakes.ts';
import type { GradientMethod } from '../../../src/gradients/method.ts';

/** One mistake or two, and the method that makes them, its memory new. */
export interface Planted {
  readonly names: readonly string[];
  readonly method: () => GradientMethod;
}

export const single = (mistake: Mistake): Planted => ({
  names: [mistake.name],
  method: () => mistake.method(),
});

/** The mistakes that have a place in the network, in the bank's order. */
export const applying = ({ model }: Problem): Mistake[] => mistakes.filter((m) => m.applies(model));
