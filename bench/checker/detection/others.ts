import type { Random } from '../../../src/numeric/random.ts';
import { jax } from './jax.ts';
import type { TrialProblem } from './problem.ts';
import type { Judge } from './scheme.ts';
import { torchFast } from './torch-fast.ts';
import { type EntriesJudge, torchSlow } from './torch-slow.ts';
import { TIGHT } from './torch-tolerances.ts';

/** Other tools' checks; torch tight is torch slow with `TIGHT` tolerances. */
export type OtherName = 'torch fast' | 'torch slow' | 'torch tight' | 'jax';

export const OTHERS: readonly OtherName[] = ['torch fast', 'torch slow', 'torch tight', 'jax'];

/** From where a tool draws its directions. */
export interface Directions {
  readonly torch: Pick<Random, 'uniform'>;
  readonly jax: Pick<Random, 'normal'>;
}

/** The checks re-implemented, at a point: each takes its differences when it is called for. */
export function othersAt(
  { f, model }: Pick<TrialProblem, 'f' | 'model'>,
  at: Float64Array,
  directions: Directions,
): { readonly [N in OtherName]: () => Judge } {
  const { slots } = model.layout;
  let differenced: EntriesJudge | null = null;
  const slow = (): EntriesJudge => {
    differenced ??= torchSlow(f, at);
    return differenced;
  };
  return {
    'torch fast': () => torchFast(f, at, slots, directions.torch),
    'torch slow': slow,
    'torch tight': () => ({
      calls: slow().calls,
      passes: (gradient) => slow().passes(gradient, TIGHT),
    }),
    jax: () => jax(f, at, slots, directions.jax),
  };
}
