import { type OtherName, othersAt } from './others.ts';
import { problemOf, withError } from './problem.ts';
import type { RecordedTrial } from './recorded.ts';
import { numpyRandomState, torchGenerator } from './their-directions.ts';

/** One gradient judged wrong, or not, by a re-implementation and by the tool itself. */
export interface VerdictPair {
  readonly scheme: OtherName;
  readonly size: number;
  readonly here: boolean;
  readonly real: boolean;
}

/** The re-implementations on the recorded trials, along the directions that the tools themselves draw. */
export async function verdictPairs(recorded: readonly RecordedTrial[]): Promise<VerdictPair[]> {
  const pairs: VerdictPair[] = [];
  for (const { scheme, activation, trial, sizes, caught } of recorded) {
    const problem = await problemOf(activation, trial);
    const at = Float64Array.from(problem.params.values);
    const right = problem.gradient(at);
    const directions = { torch: torchGenerator(), jax: numpyRandomState() };
    const judge = othersAt(problem, at, directions)[scheme]();
    for (const [i, size] of sizes.entries()) {
      const here = !judge.passes(withError(right, problem.entry, size));
      pairs.push({ scheme, size, here, real: caught[i]! });
    }
  }
  return pairs;
}
