import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { jax } from './jax.ts';
import { type Activation, type Problem, problemOf, withError } from './problem.ts';
import type { Judge } from './scheme.ts';
import { torchFast } from './torch-fast.ts';
import { torchSlow } from './torch-slow.ts';
import { TIGHT } from './torch-tolerances.ts';

/** Other tools' checks; torch tight is torch slow with `TIGHT` tolerances. */
export type OtherName = 'torch fast' | 'torch slow' | 'torch tight' | 'jax';
export type SchemeName = OtherName | 'backproof';

export const OTHERS: readonly OtherName[] = ['torch fast', 'torch slow', 'torch tight', 'jax'];

/** What one scheme made of one gradient. */
export interface Sighting {
  readonly activation: Activation;
  readonly trial: number;
  readonly scheme: SchemeName;
  /** The error of the one wrong entry; 0 where the gradient is right. */
  readonly size: number;
  /** It says that the gradient is wrong. */
  readonly caught: boolean;
  /** It names that entry and no other. */
  readonly named: boolean;
  /** It says that it cannot tell. */
  readonly unresolved: boolean;
  /** Calls of f. */
  readonly calls: number;
  /** Calls of the gradient; the re-implemented schemes are given it once. */
  readonly gradients: number;
}

/** Every scheme on one network, its gradient off by each of these sizes in one entry. */
export async function runTrial(
  activation: Activation,
  trial: number,
  sizes: readonly number[],
): Promise<Sighting[]> {
  const problem = await problemOf(activation, trial);
  const { gradient, params, entry } = problem;
  const at = Float64Array.from(params.values);
  const right = gradient(at);
  const judges = judgesOf(problem, at, trial);
  const others = OTHERS.flatMap((scheme) => {
    const judge = judges[scheme];
    return sizes.map((size): Sighting => {
      const caught = !judge.passes(withError(right, entry, size));
      const said = { caught, named: false, unresolved: false, calls: judge.calls, gradients: 1 };
      return { activation, trial, scheme, size, ...said };
    });
  });
  const ours = sizes.map(
    (size): Sighting => ({
      ...{ activation, trial, scheme: 'backproof', size },
      ...ourSight(problem, at, trial, size),
    }),
  );
  return [...others, ...ours];
}

/** The schemes of other tools, re-implemented, once they have taken their differences. */
function judgesOf(
  { f, model }: Problem,
  at: Float64Array,
  seed: number,
): { readonly [N in OtherName]: Judge } {
  const { slots } = model.layout;
  const slow = torchSlow(f, at);
  return {
    'torch fast': torchFast(f, at, slots, random(seed).fork(2)),
    'torch slow': slow,
    'torch tight': { calls: slow.calls, passes: (gradient) => slow.passes(gradient, TIGHT) },
    jax: jax(f, at, slots, random(seed).fork(4)),
  };
}

function ourSight(
  { f, gradient, model, entry }: Problem,
  at: Float64Array,
  seed: number,
  size: number,
): Pick<Sighting, 'caught' | 'named' | 'unresolved' | 'calls' | 'gradients'> {
  let [calls, gradients] = [0, 0];
  const { verdict, wrongEntries } = checkGradient(
    {
      name: model.name,
      f: (x) => {
        calls++;
        return f(x);
      },
      gradient: (x) => {
        gradients++;
        return withError(gradient(x), entry, size);
      },
      at,
      slots: model.layout.slots,
    },
    { seed },
  );
  return {
    caught: verdict === 'disagrees',
    named: wrongEntries.length === 1 && wrongEntries[0]!.index === entry,
    unresolved: verdict === 'unresolved',
    ...{ calls, gradients },
  };
}
