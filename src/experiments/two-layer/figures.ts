import { rises } from '../statistics.ts';
import type { Run } from '../train.ts';

/** What the material's first experiment comes to, for the page of its claims: this seed, all seeds. */
export interface TwoLayerFigures {
  /** Training loss of the last epoch. */
  readonly loss: SeedFigure;
  /** Epochs at which the training loss does not fall. */
  readonly lossRises: SeedFigure;
  /** Training score of the first epoch and of the last, and epochs at which it falls. */
  readonly firstScore: SeedFigure;
  readonly lastScore: SeedFigure;
  readonly scoreFalls: SeedFigure;
  /** Dev score of the first epoch and of the last. */
  readonly firstDev: SeedFigure;
  readonly lastDev: SeedFigure;
  /** Of the model that dev judged best, and the epoch after whose update it was taken. */
  readonly bestDev: SeedFigure;
  readonly bestEpoch: SeedFigure;
  /** On the test set: score, then loss. */
  readonly testOfBest: SeedFigure;
  readonly testOfLast: SeedFigure;
  readonly testLossOfBest: SeedFigure;
  readonly testLossOfLast: SeedFigure;
}

export interface SeedFigure {
  readonly own: number;
  readonly seeds: readonly number[];
}

/** Each figure of one training. */
export const OF_RUN: { readonly [F in keyof TwoLayerFigures]: (run: Run) => number } = {
  loss: ({ history }) => history.trainLoss.at(-1)!,
  lossRises: ({ history }) => rises(history.trainLoss),
  firstScore: ({ history }) => history.trainScore[0]!,
  lastScore: ({ history }) => history.trainScore.at(-1)!,
  scoreFalls: ({ history: { trainScore } }) =>
    trainScore.filter((score, epoch) => epoch > 0 && score < trainScore[epoch - 1]!).length,
  firstDev: ({ history }) => history.devScore[0]!,
  lastDev: ({ history }) => history.devScore.at(-1)!,
  bestDev: ({ best }) => best!.score,
  bestEpoch: ({ best }) => best!.epoch,
  testOfBest: ({ testOfBest }) => testOfBest.score,
  testOfLast: ({ test }) => test.score,
  testLossOfBest: ({ testOfBest }) => testOfBest.loss,
  testLossOfLast: ({ test }) => test.loss,
};

/** Of the page's own training and of each other seed's. */
export function figuresOf(own: Run, seeds: readonly Run[]): TwoLayerFigures {
  const figure = (of: (run: Run) => number): SeedFigure => ({
    own: of(own),
    seeds: seeds.map(of),
  });
  // A figure has the name of the function that takes it.
  return Object.fromEntries(
    Object.entries(OF_RUN).map(([name, of]) => [name, figure(of)]),
  ) as unknown as TwoLayerFigures;
}
