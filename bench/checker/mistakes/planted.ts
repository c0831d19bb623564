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

/** Every mistake in each network that has a place for it. */
export async function inEach<P extends Problem, A>(
  networks: readonly P[],
  done: (share: number) => void,
  attempt: (problem: P, mistake: Mistake) => Promise<A>,
): Promise<readonly A[]> {
  const attempts: A[] = [];
  for (const [n, problem] of networks.entries()) {
    const here = applying(problem);
    for (const [i, mistake] of here.entries()) {
      done((n + i / here.length) / networks.length);
      attempts.push(await attempt(problem, mistake));
    }
  }
  return attempts;
}

/** The mistakes that have a place in the network, in the bank's order. */
export const applying = ({ model }: Problem): Mistake[] => mistakes.filter((m) => m.applies(model));
