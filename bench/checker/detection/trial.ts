import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { random } from '../../../src/numeric/random.ts';
import { OTHERS, type OtherName, othersAt } from './others.ts';
import {
  type HiddenActivation,
  problemOf,
  type TrialId,
  type TrialProblem,
  withError,
} from './problem.ts';

export type SchemeName = OtherName | 'backproof';

/** What one scheme made of one gradient. */
export interface Sighting extends TrialId {
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
  activation: HiddenActivation,
  trial: number,
  sizes: readonly number[],
): Promise<Sighting[]> {
  const problem = await problemOf(activation, trial);
  const { gradient, params, entry } = problem;
  const at = Float64Array.from(params.values);
  const right = gradient(at);
  const directions = { torch: random(trial).fork(2), jax: random(trial).fork(4) };
  const judges = othersAt(problem, at, directions);
  const others = OTHERS.flatMap((scheme) => {
    const judge = judges[scheme]();
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

function ourSight(
  { f, gradient, model, entry }: TrialProblem,
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
