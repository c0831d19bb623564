import type { GradientMethod } from '../gradients/method.ts';
import { methods } from '../gradients/methods.ts';
import type { Params } from '../params/params.ts';
import type { Best } from '../training/best.ts';
import { type Evaluation, type History, Runner } from '../training/runner.ts';
import { sgd } from '../training/sgd.ts';
import type { Epoch } from '../training/train-options.ts';
import { type Along, alongside } from './alongside.ts';
import type { Setup } from './setup.ts';

/** A training's outcome. */
export interface Run {
  readonly history: History;
  /** As dev judged it; null where there was no epoch. */
  readonly best: Best | null;
  readonly last: Params;
  /** The last model on the test set. */
  readonly test: Evaluation;
  /** The best model on the test set. */
  readonly testOfBest: Evaluation;
}

type Hook = ((epoch: Epoch) => void) | null;

/** Trains once. The hook sees every epoch's gradients and the weights before the update. */
export async function trainOnce(
  { model, split, params, learningRate, epochs }: Setup,
  method: GradientMethod = methods['manual-fused'],
  hook: Hook = null,
): Promise<Run> {
  const parts = { model, optimiser: sgd({ learningRate }), method };
  const runner = new Runner({ ...parts, params });
  await runner.train(split.train, split.dev, { epochs, savePath: null, logEvery: null, hook });
  const { history, best, params: last } = runner;
  const test = await runner.evaluate(split.test);
  const judge = new Runner({ ...parts, params: best?.params ?? last });
  return { history, best, last, test, testOfBest: await judge.evaluate(split.test) };
}

/** A training by hand, and what the tape's gradients along it came to. */
export interface WatchedRun extends Run {
  /** The two gradients compared at the same parameters, along the trajectory by hand. */
  readonly along: Along;
}

/** Trains by hand, comparing the tape's gradients at the same parameters on the way. */
export async function trainWatched(setup: Setup, hook: Hook = null): Promise<WatchedRun> {
  const watch = await alongside(setup);
  const run = await trainOnce(setup, methods['manual-fused'], (epoch) => {
    watch.see(epoch);
    hook?.(epoch);
  });
  return { ...run, along: watch.found() };
}

/** The same training by hand and automatically, from the same parameters. */
export interface BothRuns {
  readonly manual: WatchedRun;
  readonly tape: Run;
}

/** Trains by hand, watched, then by the tape alone. */
export const trainBoth = async (setup: Setup): Promise<BothRuns> => ({
  manual: await trainWatched(setup),
  tape: await trainOnce(setup, methods['tape-textbook']),
});
