import { linearMistakes } from '../../../src/check/mistakes/linear.ts';
import type { Mistake } from '../../../src/check/mistakes/mistake.ts';
import type { LayerKind } from '../../../src/model/layer.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import type { PartContext } from '../part.ts';
import { type Attempt, attempt } from './attempt.ts';
import { blackBoxNetworks, runBlackBox } from './black-box.ts';
import { within } from './compose.ts';
import { type ElsewhereResult, elsewhereCases, runElsewhere } from './elsewhere.ts';
import { runLeftOut } from './left-out.ts';
import { mixedNetworks, type Placed, placedNetworks, randomNetwork } from './networks.ts';
import { runAllPairs, runRandomPairs } from './pairs.ts';
import { applying, inEach, single } from './planted.ts';

/** One mistake in one of the small networks, and what it is a case of. */
export interface PlacedAttempt extends Attempt {
  readonly activation: LayerKind;
  readonly loss: string;
}

/** Everything that was planted, and what was said of it. */
export interface MistakeFigures {
  readonly placed: readonly PlacedAttempt[];
  /** In one layer only. */
  readonly oneLayer: readonly Attempt[];
  readonly random: readonly Attempt[];
  /** Random networks that those are in. */
  readonly networks: number;
  readonly pairs: readonly Attempt[];
  /** Where the bank does not have the mistake. */
  readonly leftOut: readonly Attempt[];
  readonly blackBox: readonly Attempt[];
  readonly elsewhere: readonly ElsewhereResult[];
}

/** How much of each; the mistakes and the kinds of layers and losses are all there in either. */
export interface Extent {
  /** Of the small networks every one, or each so-manieth. */
  readonly everyPlaced: number;
  readonly randomNetworks: number;
  /** Of the pairs every one, or each so-manieth. */
  readonly everyPair: number;
  readonly randomPairs: number;
  /** Of the small networks each so-manieth, and so many random ones. */
  readonly everyLeftOut: number;
  readonly randomLeftOut: number;
  readonly blackBoxNetworks: number;
}

export const FULL: Extent = {
  everyPlaced: 1,
  randomNetworks: 1000,
  everyPair: 1,
  randomPairs: 400,
  everyLeftOut: 7,
  randomLeftOut: 40,
  blackBoxNetworks: 12,
};
export const QUICK: Extent = {
  everyPlaced: 7,
  randomNetworks: 60,
  everyPair: 12,
  randomPairs: 20,
  everyLeftOut: 37,
  randomLeftOut: 5,
  blackBoxNetworks: 2,
};

/** Mistakes a random network. */
const EACH = 6;

/** Plants them all, each where it has a place, and asks what is wrong. */
export async function runMistakes(
  extent: Extent,
  seed: number,
  progress: PartContext['progress'],
): Promise<MistakeFigures> {
  const source = random(seed);
  const all = placedNetworks(source.fork(0));
  const taken = all.filter((_, i) => i % extent.everyPlaced === 0);
  progress(0, 'mistakes in every place');
  const placed = await runPlaced(taken, seed, (share) =>
    progress(0.15 * share, 'mistakes in every place'),
  );
  const oneLayer = await runOneLayer(taken, seed);
  const drawn = await runRandom(extent.randomNetworks, source.fork(1), (share) =>
    progress(0.15 + 0.25 * share, 'mistakes in random networks'),
  );
  const pairs = [
    ...(await runAllPairs(mixedNetworks(source.fork(3)), extent.everyPair, seed, (share) =>
      progress(0.4 + 0.3 * share, 'pairs of mistakes'),
    )),
    ...(await runRandomPairs(extent.randomPairs, source.fork(2))),
  ];
  const unknowing = [
    ...all.filter((_, i) => i % extent.everyLeftOut === 0),
    ...Array.from({ length: extent.randomLeftOut }, (_, k) =>
      randomNetwork(source.fork(4).fork(k)),
    ),
  ];
  const leftOut = await runLeftOut(unknowing, seed, (share) =>
    progress(0.7 + 0.1 * share, 'mistakes left out of the bank'),
  );
  const functions = blackBoxNetworks(all, extent.blackBoxNetworks);
  const blackBox = await runBlackBox(functions, seed, (share) =>
    progress(0.8 + 0.2 * share, 'mistakes in functions'),
  );
  const elsewhere = await runElsewhere(elsewhereCases(all[0]!), seed);
  return {
    placed,
    oneLayer,
    random: drawn,
    networks: extent.randomNetworks,
    pairs,
    leftOut,
    blackBox,
    elsewhere,
  };
}

const runPlaced = (
  networks: readonly Placed[],
  seed: number,
  done: (share: number) => void,
): Promise<readonly PlacedAttempt[]> =>
  inEach(networks, done, async (placed, mistake) => {
    const { activation, model } = placed;
    return { ...(await attempt(placed, single(mistake), seed)), activation, loss: model.loss.kind };
  });

/** A linear layer's own gradients, wrong in one layer of several: the first, the next, … in turn. */
async function runOneLayer(networks: readonly Placed[], seed: number): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  let turn = 0;
  for (const problem of networks) {
    const { slots } = problem.model.layout;
    const weights = slots.filter(({ name }) => name.endsWith('.weight'));
    for (const mistake of linearMistakes.filter((m) => m.applies(problem.model))) {
      const at = turn++ % weights.length;
      const [from, to] = [
        weights[at]!.offset,
        weights[at + 1]?.offset ?? problem.model.layout.size,
      ];
      const planted = { names: [mistake.name], method: () => within(mistake, from, to) };
      attempts.push(await attempt(problem, planted, seed));
    }
  }
  return attempts;
}

async function runRandom(
  count: number,
  source: Random,
  done: (share: number) => void,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const planted = new Map<Mistake, number>();
  for (let k = 0; k < count; k++) {
    done(k / count);
    const problem = randomNetwork(source.fork(k));
    // Those planted least so far: rare ones are not drowned by those that apply everywhere.
    const rarest = source
      .shuffleInPlace(applying(problem))
      .sort((a, b) => (planted.get(a) ?? 0) - (planted.get(b) ?? 0));
    for (const mistake of rarest.slice(0, EACH)) {
      planted.set(mistake, (planted.get(mistake) ?? 0) + 1);
      attempts.push(await attempt(problem, single(mistake), k));
    }
  }
  return attempts;
}
