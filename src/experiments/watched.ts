import { methods } from '../gradients/methods.ts';
import type { Epoch } from '../training/train-options.ts';
import { type Along, alongside } from './alongside.ts';
import type { Setup } from './setup.ts';
import { type Run, trainOnce } from './train.ts';

/** A training by hand, and what the tape's gradients along it came to. */
export interface WatchedRun extends Run {
  readonly along: Along;
}

/** Trains by hand, comparing the tape's gradients at the same parameters on the way. */
export async function trainWatched(
  setup: Setup,
  hook: ((epoch: Epoch) => void) | null = null,
): Promise<WatchedRun> {
  const watch = await alongside(setup);
  const run = await trainOnce(setup, methods['manual-fused'], (epoch) => {
    watch.see(epoch);
    hook?.(epoch);
  });
  return { ...run, along: watch.found() };
}
