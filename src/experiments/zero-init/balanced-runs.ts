import { moonsSplit } from '../../training/moons-split.ts';
import type { Along } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { trainWatched } from '../train.ts';
import { balanced, gradientAtZero } from './balance.ts';
import { RATES, startSetup } from './starts.ts';
import { LENGTHS } from './train-starts.ts';

/** The zero start on as many points of each class. */
export interface BalancedRun {
  readonly rate: number;
  /** Training loss less ln 2, half way and at the last epoch. */
  readonly halfWay: number;
  readonly atLast: number;
  readonly along: Along;
}

export interface BalancedFigures {
  /** Largest entry of the gradient at the zero start: all points, and as many of each class. */
  readonly gradient: { readonly all: number; readonly even: number };
  /** The same with as many of each class, for each seed of the context. */
  readonly seeds: readonly number[];
  readonly runs: readonly BalancedRun[];
}

/** With the page's own data, points of the larger class left out until both have as many. */
export async function trainBalanced(
  { seed, seeds }: Pick<ExperimentContext, 'seed' | 'seeds'>,
  epochs: number = LENGTHS.own,
): Promise<BalancedFigures> {
  const all = moonsSplit({ seed });
  const split = { ...all, train: balanced(all.train) };
  const runs: BalancedRun[] = [];
  for (const rate of RATES) {
    const setup = startSetup({ start: 'zeros', rate }, { split, seed, epochs });
    const { history, along } = await trainWatched(setup);
    const above = (epoch: number): number => history.trainLoss[epoch]! - Math.LN2;
    runs.push({ rate, halfWay: above(epochs / 2), atLast: above(epochs - 1), along });
  }
  const ofSeeds: number[] = [];
  for (const other of seeds) {
    ofSeeds.push(await gradientAtZero(balanced(moonsSplit({ seed: other }).train)));
  }
  const gradient = {
    all: await gradientAtZero(all.train),
    even: await gradientAtZero(split.train),
  };
  return { gradient, seeds: ofSeeds, runs };
}
