import { type Along, failures, settled } from '../alongside.ts';
import type { ExperimentContext } from '../experiment.ts';
import { homework } from '../homework.ts';
import { median, spread, sum } from '../statistics.ts';
import { type Breaks, breakEpochs, EPOCHS, findBreaks } from './breaks.ts';
import type { ChangeName } from './changes.ts';
import { driftOf, rungOf } from './drift.ts';
import type { ChangeFigures, CustomOrAutomaticFigures } from './figures.ts';
import { differingNodes, graphOf } from './graph.ts';
import { climb, type Ladder, lastLoss } from './ladder.ts';
import { heldBy } from './memory.ts';
import { saturation } from './saturation.ts';
import { readSpeed } from './speed.ts';
import { baseTraining } from './training.ts';

/** Everything that the page is made of. */
export interface Measured {
  readonly ladder: Ladder;
  readonly breaks: Breaks;
  readonly figures: CustomOrAutomaticFigures;
}

/** Epochs of the ladder's trainings, and of those in float32 at rate 5. */
export interface Lengths {
  readonly ladder: number;
  readonly steep: number;
}

/** About what part of the time the ladder takes. */
const LADDER_SHARE = 0.8;

export async function measure(
  context: ExperimentContext,
  lengths: Lengths = { ladder: baseTraining(0).epochs, steep: EPOCHS },
): Promise<Measured> {
  const { progress } = context;
  const ladder = await climb(
    { ...context, progress: (share, doing) => progress(LADDER_SHARE * share, doing) },
    lengths.ladder,
  );
  const breaks = await findBreaks(
    {
      ...context,
      progress: (share, doing) => progress(LADDER_SHARE + (1 - LADDER_SHARE) * share, doing),
    },
    lengths.steep,
  );
  return { ladder, breaks, figures: await figuresOf(context, ladder, breaks) };
}

/** Every training by hand; those by the tape itself have nothing to be held against. */
export const alongs = (
  { base, rungs }: Ladder,
  { own }: Breaks,
): { readonly training: string; readonly along: Along }[] => [
  { training: 'base', along: base.along },
  ...rungs
    .filter(({ change }) => !change.name.startsWith('tape'))
    .map(({ change, own: { along } }) => ({ training: change.says, along })),
  { training: 'float32, rate 5, unclamped, while finite', along: own.along },
];

async function figuresOf(
  { seed, recorded }: ExperimentContext,
  ladder: Ladder,
  breaks: Breaks,
): Promise<CustomOrAutomaticFigures> {
  const { base, bases, rungs } = ladder;
  const setup = baseTraining(seed);
  const graphAt = (epoch: number): ReturnType<typeof graphOf> =>
    graphOf(setup.model, setup.split.train, {
      layout: setup.model.layout,
      values: base.path.at(epoch)!,
    });
  const [first, last] = [graphAt(0), graphAt(-1)];
  const compared = alongs(ladder, breaks).map(({ along }) => along);
  const epochs = breakEpochs(breaks);
  const largestDrift = (name: ChangeName): number =>
    Math.max(...driftOf(rungOf(ladder, name).own, base).params);
  return {
    gradients: {
      compared: sum(compared.map((along) => along.compared)),
      agreeing: sum(compared.map((along) => settled(along).agree)),
      unresolved: sum(compared.map((along) => settled(along).unresolved)),
      disagreeing: sum(compared.map(failures)),
      worst: Math.max(...compared.map((along) => along.worst)),
    },
    drift: { automatic: largestDrift('tape-textbook'), reversed: largestDrift('reversed') },
    base: {
      medianLoss: median(bases.map(lastLoss)),
      medianScore: median(bases.map(({ devScore }) => devScore)),
    },
    changes: Object.fromEntries(
      rungs.map((rung) => [rung.change.name, changeFigures(rung)]),
    ) as CustomOrAutomaticFigures['changes'], // `changes` lists every name
    breaks: {
      seeds: breaks.unclamped.length,
      broken: epochs.length,
      clampedFinite: breaks.unclamped.filter(({ clamped }) => Number.isFinite(clamped)).length,
      first: epochs[0] ?? null,
      last: epochs.at(-1) ?? null,
    },
    graph: {
      nodes: first.nodes.length,
      operations: first.operations,
      differing: differingNodes(first, last),
      losses: [first.loss, last.loss],
      callsRecording: first.callsRecording,
      callsBackward: first.callsBackward,
    },
    held: await heldBy(setup),
    saturation: await saturation(),
    homework: await homework(),
    speed: readSpeed(recorded.speed),
  };
}

const changeFigures = ({ outcomes, effects }: Ladder['rungs'][number]): ChangeFigures => {
  const { low, median: middle, high } = spread(effects.map(({ loss }) => loss));
  return {
    medianLoss: median(outcomes.map(lastLoss)),
    medianScore: median(outcomes.map(({ devScore }) => devScore)),
    lowest: low,
    median: middle,
    highest: high,
    medianOnTheWay: median(effects.map(({ lossOnTheWay }) => lossOnTheWay)),
    medianParams: median(effects.map(({ params }) => params)),
  };
};
