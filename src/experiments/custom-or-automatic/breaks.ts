import { fused } from '../../gradients/manual/fused.ts';
import { prepareOrThrow } from '../../gradients/prepare-or-throw.ts';
import type { Batch } from '../../model/batch.ts';
import { copyParams, type Params } from '../../params/params.ts';
import { type Block, none, number, text } from '../../report/report.ts';
import type { ExperimentContext } from '../experiment.ts';
import { unclampedBce } from './bce-rules.ts';
import { byHandWith } from './changes.ts';
import { type Traced, trace } from './ladder.ts';
import { baseTraining, type Outcome, outcomeOf, type Training } from './training.ts';

/** The base network in float32 at rate 5, where probabilities come to round to 1. */
export interface Breaks {
  /** The page's seed, without clamp, as far as it goes. */
  readonly own: Traced;
  /** Without clamp, one a seed. */
  readonly unclamped: readonly SeedBreak[];
}

export interface SeedBreak {
  readonly seed: number;
  /** The epoch whose loss is not finite; null where all are. */
  readonly epoch: number | null;
  /** The last finite loss. */
  readonly before: number;
  /** The loss that was not finite: ∞ or NaN; null where all are. */
  readonly gave: number | null;
  /** By the clamped formula, at the parameters at which the unclamped one gave up, or at the last. */
  readonly clamped: number;
}

export const EPOCHS = 3000;

export async function findBreaks(
  { seed, seeds, progress }: Pick<ExperimentContext, 'seed' | 'seeds' | 'progress'>,
  epochs: number,
): Promise<Breaks> {
  const own = await trace(steep(seed, epochs));
  const unclamped: SeedBreak[] = [];
  for (const [i, at] of seeds.entries()) {
    progress((i + 1) / seeds.length, `float32, rate 5, seed ${at}`);
    const training = steep(at, epochs);
    const outcome = at === seed ? own.outcome : await outcomeOf(training);
    unclamped.push(await seedBreak(at, training, outcome));
  }
  return { own, unclamped };
}

/** Where a probability rounds to 0 or 1 the unclamped formula has 0 · −∞ in it. */
const steep = (seed: number, epochs: number): Training => {
  const base = baseTraining(seed);
  return {
    ...base,
    learningRate: 5,
    epochs,
    params: copyParams(base.params, 'float32'),
    method: byHandWith(unclampedBce),
  };
};

async function seedBreak(
  seed: number,
  { model, split }: Training,
  { broke, losses, params }: Outcome,
): Promise<SeedBreak> {
  return {
    seed,
    epoch: broke,
    before: losses.at(broke === null ? -1 : -2)!,
    gave: broke === null ? null : losses.at(-1)!,
    clamped: await clampedLoss(model, split.train, params),
  };
}

async function clampedLoss(
  model: Training['model'],
  batch: Batch,
  params: Params,
): Promise<number> {
  const method = byHandWith(fused.losses.bce);
  const run = await prepareOrThrow(
    method,
    model,
    { rows: batch.inputs.rows },
    { dtype: 'float32' },
  );
  return run.valueAndGrad(params, batch, copyParams(params));
}

/** The epochs at which seeds broke, ascending. */
export const breakEpochs = ({ unclamped }: Breaks): number[] =>
  unclamped.flatMap(({ epoch }) => epoch ?? []).sort((a, b) => a - b);

export const breakBlocks = ({ unclamped }: Breaks): Block[] => [
  {
    kind: 'table',
    name: 'breaks',
    columns: [
      { key: 'seed', title: 'seed', align: 'right' },
      { key: 'before', title: 'last finite loss', align: 'right' },
      { key: 'epoch', title: 'breaks at epoch', align: 'right' },
      { key: 'gave', title: 'loss there', align: 'right' },
      { key: 'clamped', title: 'clamped loss, same parameters', align: 'right' },
    ],
    rows: unclamped.map(({ seed, epoch, before, gave, clamped }) => [
      text(String(seed)),
      number(before, 'significant'),
      epoch === null ? none('') : number(epoch, 'count'),
      gave === null ? none('') : number(gave, 'significant'),
      number(clamped, 'significant'),
    ]),
  },
];
