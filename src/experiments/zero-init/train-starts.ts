import { methods } from '../../gradients/methods.ts';
import { copyParams, type Params } from '../../params/params.ts';
import { moonsSplit } from '../../training/moons-split.ts';
import type { History } from '../../training/runner.ts';
import type { Along } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { type Run, trainOnce } from '../train.ts';
import { trainWatched } from '../watched.ts';
import { type StartOutcome, startOutcome } from './outcome.ts';
import { RATES, type StartName, startSetup, TRAININGS } from './starts.ts';
import { type Twins, twinCount } from './twins.ts';

/** One start at one rate: the page's seed, and each seed of the context. */
export interface StartFigures {
  readonly start: StartName;
  readonly rate: number;
  readonly own: StartOutcome;
  readonly seeds: readonly StartOutcome[];
}

export interface StartRuns extends StartFigures {
  readonly history: History;
  readonly along: Along;
  /** The page's seed, after so many updates. */
  readonly weights: ReadonlyMap<number, Params>;
}

/** Epochs, more than 200. */
export interface Lengths {
  /** Of the page's own seed. */
  readonly own: number;
  /** Of the others: what they are compared by comes after half as many. */
  readonly seeds: number;
}

export const LENGTHS: Lengths = { own: 2000, seeds: 1000 };

/** The five that the material prints, and those that it does not reach. */
export const PRINTED: readonly number[] = [0, 1, 2, 3, 4, 5, 200, 1000, 2000];

/** Every start at every rate. `trained` is told the share done after each training. */
export async function trainStarts(
  { seed, seeds }: ExperimentContext,
  trained: (share: number, doing: string) => void,
  lengths: Lengths = LENGTHS,
): Promise<readonly StartRuns[]> {
  const all: StartRuns[] = [];
  let done = 0;
  for (const training of TRAININGS) {
    const runs = await trainOwn(training, seed, lengths.own);
    const others: StartOutcome[] = [];
    for (const other of seeds) {
      others.push(other === seed ? runs.own : await trainOther(training, other, lengths.seeds));
      trained(++done / (TRAININGS.length * seeds.length), `${training.start}, seed ${other}`);
    }
    all.push({ ...training, ...runs, seeds: others });
  }
  return all;
}

type Training = (typeof TRAININGS)[number];

async function trainOwn(
  training: Training,
  seed: number,
  epochs: number,
): Promise<Omit<StartRuns, keyof Training | 'seeds'>> {
  const split = moonsSplit({ seed });
  const count = twinCount();
  const weights = new Map<number, Params>();
  const run = await trainWatched(
    startSetup(training, { split, seed, epochs }),
    ({ epoch, params, grads }) => {
      count.see(params);
      count.see(grads);
      if (PRINTED.includes(epoch)) weights.set(epoch, copyParams(params));
    },
  );
  count.see(run.last);
  weights.set(epochs, run.last);
  const { history, along } = run;
  return { own: startOutcome(history, split, count.found()), history, along, weights };
}

async function trainOther(training: Training, seed: number, epochs: number): Promise<StartOutcome> {
  const split = moonsSplit({ seed });
  const { run, twins } = await counted(
    startSetup(training, { split, seed, epochs }),
    'manual-fused',
  );
  return startOutcome(run.history, split, twins);
}

/** The zero start trained by the tape alone, at both rates: its hidden units. */
export async function twinsByTape(
  seed: number,
  epochs: number = LENGTHS.own,
): Promise<readonly Twins[]> {
  const split = moonsSplit({ seed });
  const found: Twins[] = [];
  for (const rate of RATES) {
    const setup = startSetup({ start: 'zeros', rate }, { split, seed, epochs });
    found.push((await counted(setup, 'tape-textbook')).twins);
  }
  return found;
}

async function counted(
  setup: Parameters<typeof trainOnce>[0],
  method: 'manual-fused' | 'tape-textbook',
): Promise<{ run: Run; twins: Twins }> {
  const count = twinCount();
  const run = await trainOnce(setup, methods[method], ({ params, grads }) => {
    count.see(params);
    count.see(grads);
  });
  count.see(run.last);
  return { run, twins: count.found() };
}
