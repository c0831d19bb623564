import type { Mistake } from '../../check/mistakes/mistake.ts';
import { methods } from '../../gradients/methods.ts';
import { type Along, alongside } from '../alongside.ts';
import { moonsSetup } from '../moons-setup.ts';
import { isBetter, type Look, look, type RightRange, rightRange } from './judge.ts';
import { type Seeds, shareLoss } from './start.ts';
import { type Trained, trainedBy } from './trained.ts';

/** One training from one seed, and how it looks beside the right ones at its rate. */
export interface Judged extends Trained {
  readonly seed: number;
  /** The loss of answering its training set with the classes' shares: from there on it fails. */
  readonly floor: number;
  readonly look: Look;
  /** Its loss is lower than every right one's. */
  readonly better: boolean;
}

/** Everything at one rate. */
export interface RateRuns {
  readonly rate: number;
  /** By the right gradient, of the seeds that the mistakes have. */
  readonly right: readonly Judged[];
  readonly range: RightRange;
  /** By the right gradient too, of the other seeds. */
  readonly control: readonly Judged[];
  /** One a mistake, one a seed. */
  readonly mistaken: readonly (readonly Judged[])[];
  /** Of the page's own seed, one a mistake. */
  readonly own: readonly Judged[];
  /** Of the page's own seed, by the right gradient. */
  readonly along: Along;
}

export interface RateOptions {
  readonly seeds: Seeds;
  readonly mistakes: readonly Mistake[];
  readonly epochs: number;
  readonly doing: (what: string) => void;
}

/** Trains by the right gradient and by every mistaken one, from the same starts. */
export async function runsAtRate(
  rate: number,
  { seeds, mistakes, epochs, doing }: RateOptions,
): Promise<RateRuns> {
  const { own, compared, control } = seeds;
  const setups = new Map(
    [own, ...compared, ...control].map((seed) => [
      seed,
      moonsSetup({ seed, learningRate: rate, epochs }),
    ]),
  );
  const watch = await alongside(setups.get(own)!);

  doing(`rate ${rate}, the right gradient`);
  const right = new Map<number, Trained>();
  for (const [seed, setup] of setups) {
    const options = seed === own ? { onEpoch: watch.see } : {};
    right.set(seed, await trainedBy(methods['manual-fused'], setup, options));
  }
  const range = rightRange(compared.map((seed) => right.get(seed)!));
  const judged = (seed: number, trained: Trained): Judged => {
    const floor = shareLoss(setups.get(seed)!.split.train);
    return {
      ...trained,
      seed,
      floor,
      look: look(trained, range, floor),
      better: isBetter(trained, range, floor),
    };
  };
  const rightOf = (of: readonly number[]): Judged[] =>
    of.map((seed) => judged(seed, right.get(seed)!));

  const mistaken: ReadonlyMap<number, Judged>[] = [];
  for (const { name, method } of mistakes) {
    doing(`rate ${rate}, ${name}`);
    const runs = new Map<number, Judged>();
    for (const seed of new Set([own, ...compared])) {
      const trained = await trainedBy(method({ learningRate: rate }), setups.get(seed)!);
      runs.set(seed, judged(seed, trained));
    }
    mistaken.push(runs);
  }
  return {
    rate,
    right: rightOf(compared),
    range,
    control: rightOf(control),
    mistaken: mistaken.map((runs) => compared.map((seed) => runs.get(seed)!)),
    own: mistaken.map((runs) => runs.get(own)!),
    along: watch.found(),
  };
}
