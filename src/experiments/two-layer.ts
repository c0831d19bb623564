import { mlp } from '../model/model.ts';
import { initialise } from '../params/initialise.ts';
import { curveChart } from '../report/charts/curves.ts';
import { type Block, number, text } from '../report/report.ts';
import { moonsSplit } from '../training/moons-split.ts';
import type { History } from '../training/runner.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { historyCurves } from './history-curves.ts';
import { agreementFigure, page } from './page.ts';
import type { Setup } from './setup.ts';
import type { StatedFigure } from './stated-figure.ts';
import { type BothRuns, type Run, trainBoth, trainOnce } from './train.ts';

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
  readonly bestDev: SeedFigure;
  /** On the test set. */
  readonly testOfBest: SeedFigure;
  readonly testOfLast: SeedFigure;
}

interface SeedFigure {
  readonly own: number;
  readonly seeds: readonly number[];
}

/** The material's network, with the data and the start of one seed. */
const setup = (seed: number): Setup => {
  const model = mlp([2, 5, 1]);
  return {
    model,
    split: moonsSplit({ seed }),
    params: initialise(model.layout, { seed }),
    learningRate: 0.2,
    epochs: 1000,
  };
};

const about = {
  name: 'two-layer',
  title: 'The two-layer network',
  section: '1.1–1.4',
  shows:
    'The first network of the material: what loss and accuracy it reaches, and by which seeds.',
} as const;

export const twoLayer: Experiment<TwoLayerFigures> = { ...about, run };

async function run(context: ExperimentContext): Promise<ExperimentResult<TwoLayerFigures>> {
  const { seed, seeds, progress } = context;
  const both = await trainBoth(setup(seed));
  const others: Run[] = [];
  for (const [i, other] of seeds.entries()) {
    progress(i / seeds.length, `seed ${other}`);
    others.push(other === seed ? both.manual : await trainOnce(setup(other)));
  }
  const { manual } = both;
  const stated = statedFigures(both, others);
  const report = page(about, context, {
    what:
      'A 2-5-1 network with sigmoids is built from ready-made layers and trained on the two moons with automatic gradients. ' +
      'The material reports a loss of 0.26 and an accuracy of 0.9000, a training loss that falls all the time, and high accuracy on the test set. ' +
      'Its test runs on the last model, since its way to load the best one does not exist in PyTorch.',
    how:
      '2-5-1, sigmoid, binary cross-entropy, gradient descent on the full batch with learning rate 0.2, 1,000 epochs, PyTorch’s default start; ' +
      'two moons of 1,000 points, shuffled, noise 0.1, split 640 / 160 / 200. ' +
      'Training figures are from before an epoch’s update, dev figures from after it.',
    body: [outcomes(both), chart(manual.history)],
    see: [
      'Trained by hand and by the tape, from the same start, the two networks end alike: the columns differ by rounding at most.',
      'The loss falls at every epoch, yet the score moves in steps and may fall: the loss, not the accuracy, is what gradient descent follows.',
      'Loss and accuracy are those of the seed. The material’s one run lies within the range of other seeds; a difference of a few percent between two such runs says nothing.',
      'The best model is chosen by dev, so its dev score flatters it: the test set, which chose nothing, is the fair judge.',
    ],
    along: [{ training: '2-5-1, rate 0.2', along: both.along }],
    stated,
  });
  return {
    report,
    stated,
    headline: [
      `loss ${lossOf(manual).toFixed(3)}, best dev score ${bestScore(manual).toFixed(4)}, test ${manual.test.score.toFixed(4)}`,
    ],
    figures: figuresOf(manual, others),
  };
}

function figuresOf(manual: Run, others: readonly Run[]): TwoLayerFigures {
  const each = (figure: (run: Run) => number): SeedFigure => ({
    own: figure(manual),
    seeds: others.map(figure),
  });
  return {
    loss: each(lossOf),
    lossRises: each(rises),
    firstScore: each(({ history }) => history.trainScore[0]!),
    lastScore: each(({ history }) => history.trainScore.at(-1)!),
    scoreFalls: each(falls),
    firstDev: each(({ history }) => history.devScore[0]!),
    lastDev: each(({ history }) => history.devScore.at(-1)!),
    bestDev: each(bestScore),
    testOfBest: each(({ testOfBest }) => testOfBest.score),
    testOfLast: each(({ test }) => test.score),
  };
}

const lossOf = ({ history }: Run): number => history.trainLoss.at(-1)!;
const bestScore = ({ best }: Run): number => best!.score;

/** Epochs at which the training loss is not below that of the epoch before. */
const rises = ({ history: { trainLoss } }: Run): number =>
  trainLoss.filter((loss, epoch) => epoch > 0 && !(loss < trainLoss[epoch - 1]!)).length;

/** Epochs at which the training score is below that of the epoch before. */
const falls = ({ history: { trainScore } }: Run): number =>
  trainScore.filter((score, epoch) => epoch > 0 && score < trainScore[epoch - 1]!).length;

const statedFigures = ({ manual, along }: BothRuns, others: readonly Run[]): StatedFigure[] => [
  {
    what: 'training loss at the last epoch',
    value: lossOf(manual),
    seeds: others.map(lossOf),
    stated: [0.24, 0.29],
  },
  {
    what: 'best dev score',
    value: bestScore(manual),
    seeds: others.map(bestScore),
    stated: [0.84, 0.94],
  },
  {
    what: 'epochs at which the training loss does not fall',
    value: rises(manual),
    seeds: others.map(rises),
    stated: [0, 0],
    format: 'count',
  },
  agreementFigure([along]),
];

const outcomes = ({ manual, tape }: BothRuns): Block => ({
  kind: 'table',
  name: 'outcomes',
  columns: [
    { key: 'what', title: '', align: 'left' },
    { key: 'manual', title: 'by hand', align: 'right' },
    { key: 'tape', title: 'automatic', align: 'right' },
  ],
  rows: [
    ['training loss, last epoch', lossOf],
    ['training score, last epoch', ({ history }: Run) => history.trainScore.at(-1)!],
    ['dev score, last model', ({ history }: Run) => history.devScore.at(-1)!],
    ['dev score, best model', bestScore],
    ['epoch of the best model', ({ best }: Run) => best!.epoch],
    ['test score, best model', ({ testOfBest }: Run) => testOfBest.score],
    ['test loss, best model', ({ testOfBest }: Run) => testOfBest.loss],
    ['test score, last model', ({ test }: Run) => test.score],
    ['test loss, last model', ({ test }: Run) => test.loss],
  ].map(([what, of]) => {
    const figure = of as (run: Run) => number; // each row is a name and its figure
    return [text(what as string), number(figure(manual), 'exact'), number(figure(tape), 'exact')];
  }),
});

const chart = (history: History): Block => ({
  kind: 'chart',
  name: 'two-layer',
  alt: 'Training and dev loss fall and level off; training and dev accuracy rise in steps.',
  spec: curveChart({
    title: 'Two moons, 2-5-1: loss and accuracy',
    subtitle: 'learning rate 0.2, 1,000 epochs, full batch, gradients by hand',
    xAxis: 'epoch',
    panels: [
      { yAxis: 'loss', curves: historyCurves(history, 'loss', '2-5-1') },
      { yAxis: 'score', curves: historyCurves(history, 'score', '2-5-1') },
    ],
  }),
});
