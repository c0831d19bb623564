import { jax } from './jax.ts';
import { problemOf, withError } from './problem.ts';
import type { RecordedTrial } from './recorded.ts';
import type { Judge } from './scheme.ts';
import { numpyRandomState, torchGenerator } from './their-directions.ts';
import { torchFast } from './torch-fast.ts';
import { torchSlow } from './torch-slow.ts';
import { TIGHT } from './torch-tolerances.ts';
import type { OtherName } from './trial.ts';

/** One gradient judged wrong, or not, by a re-implementation and by the tool itself. */
export interface Pair {
  readonly scheme: OtherName;
  readonly size: number;
  readonly here: boolean;
  readonly real: boolean;
}

/** The re-implementations on the recorded trials, along the directions that the tools themselves draw. */
export async function pairsOf(recorded: readonly RecordedTrial[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const { scheme, activation, trial, sizes, caught } of recorded) {
    const { f, gradient, model, params, entry } = await problemOf(activation, trial);
    const at = Float64Array.from(params.values);
    const { slots } = model.layout;
    const right = gradient(at);
    const passes = judgeOf(scheme);
    for (const [i, size] of sizes.entries()) {
      const here = !passes(withError(right, entry, size));
      pairs.push({ scheme, size, here, real: caught[i]! });
    }

    function judgeOf(name: OtherName): Judge['passes'] {
      switch (name) {
        case 'torch slow':
          return torchSlow(f, at).passes;
        case 'torch tight': {
          const slow = torchSlow(f, at);
          return (claimed) => slow.passes(claimed, TIGHT);
        }
        case 'torch fast':
          return torchFast(f, at, slots, torchGenerator()).passes;
        case 'jax':
          return jax(f, at, slots, numpyRandomState()).passes;
      }
      name satisfies never;
    }
  }
  return pairs;
}
