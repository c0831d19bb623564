import { curveChart } from '../report/charts/curves.ts';
import type { Block } from '../report/report.ts';
import type { History } from '../training/runner.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { historyCurves } from './history-curves.ts';
import { moonsSetup } from './moons-setup.ts';
import { page } from './page.ts';
import { type Run, trainBoth, trainOnce } from './train.ts';
import { figuresOf, type TwoLayerFigures } from './two-layer/figures.ts';
import { see } from './two-layer/see.ts';
import { statedFigures } from './two-layer/stated.ts';
import { largestDifference, outcomes } from './two-layer/tables.ts';

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
  const setup = moonsSetup({ seed });
  const both = await trainBoth(setup);
  const { manual } = both;
  const others: Run[] = [];
  for (const [i, other] of seeds.entries()) {
    progress(i / seeds.length, `seed ${other}`);
    others.push(other === seed ? manual : await trainOnce(moonsSetup({ seed: other })));
  }
  const figures = figuresOf(manual, others);
  const stated = statedFigures(figures, manual.along);
  const report = page(about, context, {
    what:
      'A 2-5-1 network with sigmoids is built from ready-made layers and trained on the two moons with automatic gradients. ' +
      'The material reports a loss of 0.26 and an accuracy of 0.9000, a training loss that falls all the time, and high accuracy on the test set. ' +
      'Its test runs on the last model, since its way to load the best one does not exist in PyTorch.',
    how:
      '2-5-1, sigmoid, binary cross-entropy, gradient descent on the full batch with learning rate 0.2, 1,000 epochs, PyTorch’s default start; ' +
      'two moons of 1,000 points, shuffled, noise 0.1, split 640 / 160 / 200. ' +
      'Training figures are from before an epoch’s update, dev figures from after it. ' +
      'The first two columns are the page’s own seed; the others say where the seeds lie, by hand.',
    body: [outcomes(both, figures), chart(manual.history)],
    see: see(figures, setup.epochs, largestDifference(both)),
    along: [{ training: '2-5-1, rate 0.2', along: manual.along }],
    stated,
  });
  const { loss, bestDev, testOfLast } = figures;
  return {
    report,
    stated,
    headline: [
      `loss ${loss.own.toFixed(3)}, best dev score ${bestDev.own.toFixed(4)}, test ${testOfLast.own.toFixed(4)}`,
    ],
    figures,
  };
}

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
