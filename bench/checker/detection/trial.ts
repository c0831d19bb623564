import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { jax } from './jax.ts';
import { type Activation, type Problem, problemOf, withError } from './problem.ts';
import type { Scheme } from './scheme.ts';
import { torchFast } from './torch-fast.ts';
import { torchSlow } from './torch-slow.ts';

export type OtherName = 'torch fast' | 'torch slow' | 'jax';
export type SchemeName = OtherName | 'backproof';

/** The schemes of other tools, re-implemented. */
const SCHEMES: { readonly [N in OtherName]: Scheme } = {
  'torch fast': torchFast,
  'torch slow': torchSlow,
  jax,
};

export const OTHERS: readonly OtherName[] = ['torch fast', 'torch slow', 'jax'];

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
}

/** Every scheme on one network, its gradient off by each of these sizes in one entry. */
export async function runTrial(
  activation: Activation,
  trial: number,
  sizes: readonly number[],
): Promise<Sighting[]> {
  const problem = await problemOf(activation, trial);
  const { f, gradient, model, params, entry } = problem;
  const at = Float64Array.from(params.values);
  const right = gradient(at);
  const others = OTHERS.flatMap((scheme, k) => {
    const judge = SCHEMES[scheme](f, at, model.layout.slots, random(trial).fork(2 + k));
    return sizes.map((size): Sighting => {
      const caught = !judge.passes(withError(right, entry, size));
      const said = { caught, named: false, unresolved: false, calls: judge.calls };
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

function ourSight(
  { f, gradient, model, entry }: Problem,
  at: Float64Array,
  seed: number,
  size: number,
): Pick<Sighting, 'caught' | 'named' | 'unresolved' | 'calls'> {
  const { verdict, wrongEntries, evaluations } = checkGradient(
    {
      name: model.name,
      f,
      gradient: (x) => withError(gradient(x), entry, size),
      at,
      slots: model.layout.slots,
    },
    { seed },
  );
  return {
    caught: verdict === 'disagrees',
    named: wrongEntries.length === 1 && wrongEntries[0]!.index === entry,
    unresolved: verdict === 'unresolved',
    calls: evaluations,
  };
}
