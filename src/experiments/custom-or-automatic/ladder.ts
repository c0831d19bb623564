import type { FloatArray } from '../../numeric/dtype.ts';
import { type Along, alongside } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { type Change, changes } from './changes.ts';
import { baseTraining, type Outcome, outcomeOf, type Training } from './training.ts';

/** How far a changed training is from the base training of the same seed. */
export interface Effect {
  /** |Δ| of the training loss at the last epoch. */
  readonly loss: number;
  /** Its largest at any epoch. */
  readonly lossOnTheWay: number;
  /** |Δ| of the last model's dev accuracy. */
  readonly score: number;
  /** The largest |Δ| of a parameter after the last update. */
  readonly params: number;
}

/** A training of the page's own seed, step by step. */
export interface Traced {
  readonly outcome: Outcome;
  /** The parameters before each epoch's update. */
  readonly path: readonly FloatArray[];
  /** By hand against the tape on the way. */
  readonly along: Along;
}

export interface Rung {
  readonly change: Change;
  readonly own: Traced;
  readonly ownEffect: Effect;
  /** One a seed. */
  readonly outcomes: readonly Outcome[];
  readonly effects: readonly Effect[];
}

export interface Ladder {
  readonly base: Traced;
  /** The base training, one a seed. */
  readonly bases: readonly Outcome[];
  readonly rungs: readonly Rung[];
}

/** Rounding has no luck as a start has: so many of the seeds show its size. */
export const ROUNDING_SEEDS = 5;

/** The base training and each change of it: the page's seed watched, the other seeds by outcome alone. */
export async function climb(
  { seed, seeds, progress }: Pick<ExperimentContext, 'seed' | 'seeds' | 'progress'>,
  epochs: number,
): Promise<Ladder> {
  const of = (change: Change | null, at: number): Training => {
    const base = { ...baseTraining(at), epochs };
    return change ? change.of(base, at) : base;
  };
  const outcomesOf = async (
    change: Change | null,
    own: Traced,
    chosen: readonly number[],
  ): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const at of chosen) {
      outcomes.push(at === seed ? own.outcome : await outcomeOf(of(change, at)));
    }
    return outcomes;
  };

  progress(0, 'base');
  const base = await trace(of(null, seed));
  const bases = await outcomesOf(null, base, seeds);
  const rungs: Rung[] = [];
  for (const [i, change] of changes.entries()) {
    progress((i + 1) / (changes.length + 1), change.name);
    const own = await trace(of(change, seed));
    const chosen = change.kind === 'rounding' ? seeds.slice(0, ROUNDING_SEEDS) : seeds;
    const outcomes = await outcomesOf(change, own, chosen);
    rungs.push({
      change,
      own,
      ownEffect: effectOf(own.outcome, base.outcome),
      outcomes,
      effects: outcomes.map((outcome, s) => effectOf(outcome, bases[s]!)),
    });
  }
  return { base, bases, rungs };
}

/** Trains, keeping every epoch's parameters and comparing the gradients by hand with the tape's. */
export async function trace(training: Training): Promise<Traced> {
  const watch = await alongside(training);
  const path: FloatArray[] = [];
  const outcome = await outcomeOf(training, ({ epoch, loss, params }) => {
    path.push(params.values.slice());
    if (Number.isFinite(loss)) watch.see({ epoch, params });
  });
  return { outcome, path, along: watch.found() };
}

/** The training loss at the last epoch. */
export const lastLoss = ({ losses }: Outcome): number => losses.at(-1)!;

const effectOf = (changed: Outcome, base: Outcome): Effect => ({
  loss: Math.abs(lastLoss(changed) - lastLoss(base)),
  lossOnTheWay: largestDifference(changed.losses, base.losses),
  score: Math.abs(changed.devScore - base.devScore),
  params: largestDifference(changed.params.values, base.params.values),
});

/** max |a − b|, NaN where one is; of the entries that both have. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  }
  return largest;
}
