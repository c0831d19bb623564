import type { History } from '../../training/runner.ts';
import type { Along } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { moonsSetup } from '../moons-setup.ts';
import type { Setup } from '../setup.ts';
import { rises } from '../statistics.ts';
import { type Run, trainOnce, trainWatched } from '../train.ts';

/** The two things that the material changes at once. */
export interface Setting {
  readonly network: '2-5-1' | '2-5-3-1';
  readonly rate: number;
}

/** The material begins with the first and ends with the last. */
export const SETTINGS: readonly Setting[] = [
  { network: '2-5-1', rate: 0.2 },
  { network: '2-5-3-1', rate: 0.2 },
  { network: '2-5-1', rate: 5 },
  { network: '2-5-3-1', rate: 5 },
];

/** What one training comes to: scores as shares, losses as means over the set. */
export interface Outcome {
  /** At the last epoch. */
  readonly trainLoss: number;
  /** Epochs at which the training loss is not below that of the epoch before. */
  readonly rises: number;
  /** Of those, how many are followed by a lower loss at once: a zigzag has nothing but these. */
  readonly rebounds: number;
  readonly devBest: number;
  /** After whose update that was. */
  readonly bestEpoch: number;
  readonly devLast: number;
  /** On the test set: the model that dev judged best, and the last. */
  readonly testBest: number;
  readonly testLossBest: number;
  readonly testLast: number;
  readonly testLossLast: number;
}

/** A setting's training of the page's seed, and its outcome for each seed of the context. */
export interface SettingFigures extends Setting {
  readonly own: Outcome;
  readonly seeds: readonly Outcome[];
}

export interface SettingRuns extends SettingFigures {
  readonly history: History;
  readonly along: Along;
}

export async function trainSetting(
  setting: Setting,
  { seed, seeds }: ExperimentContext,
  trained: (seed: number) => void,
): Promise<SettingRuns> {
  const run = await trainWatched(setup(setting, seed));
  const own = outcome(run);
  const others: Outcome[] = [];
  for (const other of seeds) {
    others.push(other === seed ? own : outcome(await trainOnce(setup(setting, other))));
    trained(other);
  }
  return { ...setting, own, seeds: others, history: run.history, along: run.along };
}

const setup = ({ network, rate }: Setting, seed: number): Setup =>
  moonsSetup({ seed, sizes: network.split('-').map(Number), learningRate: rate });

const outcome = ({ history, best, test, testOfBest }: Run): Outcome => ({
  trainLoss: history.trainLoss.at(-1)!,
  rises: rises(history.trainLoss),
  rebounds: rebounds(history.trainLoss),
  devBest: best!.score,
  bestEpoch: best!.epoch,
  devLast: history.devScore.at(-1)!,
  testBest: testOfBest.score,
  testLossBest: testOfBest.loss,
  testLast: test.score,
  testLossLast: test.loss,
});

/** How many values are above the one before and above the one after. */
const rebounds = (values: readonly number[]): number =>
  values.filter((value, i) => value > values[i - 1]! && value > values[i + 1]!).length;
