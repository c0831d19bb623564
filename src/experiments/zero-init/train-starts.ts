import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import { copyParams, type Params } from '../../params/params.ts';
import type { History } from '../../training/runner.ts';
import type { Along } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { Setup } from '../setup.ts';
import { type Run, trainOnce, trainWatched } from '../train.ts';

import { type StartOutcome, startOutcome } from './outcome.ts';
import { RATES, startSetup, TRAININGS, type Training } from './starts.ts';
import { type Twins, twinCount } from './twins.ts';

/** One start at one rate: the page's seed, and each seed of the context. */
export interface StartFigures extends Training {
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

async function trainOwn(
  training: Training,
  seed: number,
  epochs: number,
): Promise<Omit<StartRuns, keyof Training | 'seeds'>> {
  const setup = startSetup(training, { seed, epochs });
  const count = twinCount();
  const weights = new Map<number, Params>();
  const run = await trainWatched(setup, (seen) => {
    count.see(seen.params);
    count.see(seen.grads);
    if (PRINTED.includes(seen.epoch)) weights.set(seen.epoch, copyParams(seen.params));
  });
  count.see(run.last);
  weights.set(epochs, run.last);
  const { history, along } = run;
  return { own: startOutcome(history, setup.split, count.found()), history, along, weights };
}

async function trainOther(training: Training, seed: number, epochs: number): Promise<StartOutcome> {
  const setup = startSetup(training, { seed, epochs });
  const { run, twins } = await counted(setup, methods['manual-fused']);
  return startOutcome(run.history, setup.split, twins);
}

/** The zero start trained by the tape alone. */
export interface TapeRun {
  readonly rate: number;
  readonly twins: Twins;
  readonly last: Params;
}

/** At both rates. */
export async function zerosByTape(
  seed: number,
  epochs: number = LENGTHS.own,
): Promise<readonly TapeRun[]> {
  const runs: TapeRun[] = [];
  for (const rate of RATES) {
    const setup = startSetup({ start: 'zeros', rate }, { seed, epochs });
    const { run, twins } = await counted(setup, methods['tape-textbook']);
    runs.push({ rate, twins, last: run.last });
  }
  return runs;
}

async function counted(setup: Setup, method: GradientMethod): Promise<{ run: Run; twins: Twins }> {
  const count = twinCount();
  const run = await trainOnce(setup, method, ({ params, grads }) => {
    count.see(params);
    count.see(grads);
  });
  count.see(run.last);
  return { run, twins: count.found() };
}
