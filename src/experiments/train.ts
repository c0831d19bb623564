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

/** Trains once. The hook sees every epoch's gradients and the weights before the update. */
export async function trainOnce(
  { model, split, params, learningRate, epochs }: Setup,
  method: GradientMethod = methods['manual-fused'],
  hook: ((epoch: Epoch) => void) | null = null,
): Promise<Run> {
  const parts = { model, optimiser: sgd({ learningRate }), method };
  const runner = new Runner({ ...parts, params });
  await runner.train(split.train, split.dev, { epochs, savePath: null, logEvery: null, hook });
  const { history, best, params: last } = runner;
  const test = await runner.evaluate(split.test);
  const judge = new Runner({ ...parts, params: best?.params ?? last });
  return { history, best, last, test, testOfBest: await judge.evaluate(split.test) };
}

/** The same training by hand and automatically, from the same parameters. */
export interface BothRuns {
  readonly manual: Run;
  readonly tape: Run;
  /** The two gradients compared at the same parameters, along the trajectory by hand. */
  readonly along: Along;
}

/** Trains by hand, comparing the tape's gradients on the way, then by the tape alone. */
export async function trainBoth(
  setup: Setup,
  hook: ((epoch: Epoch) => void) | null = null,
): Promise<BothRuns> {
  const watch = await alongside(setup);
  const manual = await trainOnce(setup, methods['manual-fused'], (epoch) => {
    watch.see(epoch);
    hook?.(epoch);
  });
  const tape = await trainOnce(setup, methods['tape-textbook']);
  return { manual, tape, along: watch.found() };
}
