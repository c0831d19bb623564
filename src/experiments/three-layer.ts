import { paragraph } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { page } from './page.ts';
import { type Effect, effects, reaching } from './three-layer/effects.ts';
import {
  SETTINGS,
  type SettingFigures,
  type SettingRuns,
  trainSetting,
} from './three-layer/settings.ts';
import { statedFigures } from './three-layer/stated.ts';
import {
  curves,
  effectsTable,
  lossesChart,
  outcomesTable,
  seedsTable,
} from './three-layer/tables.ts';

/** What the added layer and the learning rate do, for the page of the material's claims. */
export interface ThreeLayerFigures {
  /** 2-5-1 and 2-5-3-1 at rate 0.2, then both at rate 5. */
  readonly settings: readonly SettingFigures[];
  /** The layer alone, the rate alone, the layer at rate 5, the rate on 2-5-3-1, both. */
  readonly effects: readonly Effect[];
}

const about = {
  name: 'three-layer',
  title: 'One layer more, or a larger learning rate',
  section: '1.4, addendum',
  shows:
    'Which of the material’s two changes, a layer more and a larger rate, earns the accuracy that it reports.',
} as const;

export const threeLayer: Experiment<ThreeLayerFigures> = { ...about, run };

async function run(context: ExperimentContext): Promise<ExperimentResult<ThreeLayerFigures>> {
  const { seeds, progress } = context;
  const settings: SettingRuns[] = [];
  let done = 0;
  for (const setting of SETTINGS) {
    const trained = (seed: number): void =>
      progress(
        ++done / (SETTINGS.length * seeds.length),
        `${setting.network}, rate ${setting.rate}, seed ${seed}`,
      );
    settings.push(await trainSetting(setting, context, trained));
  }
  const stated = statedFigures(settings);
  const report = page(about, context, {
    what:
      'A hidden layer of 3 units is added to the 2-5-1 network, and in the same step the learning rate goes from 0.2 to 5 (the listing still has 0.2, the conclusion says 5). ' +
      'The material then reports an accuracy of 99.5 % and a loss of 0.009, and names the layer first. ' +
      'Two things were changed at once: that run cannot say which of them did it.',
    how:
      'Both networks at both rates, everything else as in `two-layer`: sigmoid, binary cross-entropy, gradient descent on the full batch, 1,000 epochs, PyTorch’s default start, ' +
      'two moons of 1,000 points split 640 / 160 / 200. A seed decides the data and the start, and each seed is compared with itself. ' +
      '“Best” is the model with the best dev score of all epochs, “last” the one after the last epoch; the material tests the last.',
    body: [
      paragraph('The page’s own seed:'),
      outcomesTable(settings),
      paragraph('All seeds; counts are of seeds:'),
      seedsTable(settings),
      paragraph('One change at a time, seed by seed; score and loss are the last model’s:'),
      effectsTable(settings),
      curves(settings),
      lossesChart(settings),
    ],
    see: see(settings),
    along: settings.map(({ network, rate, along }) => ({
      training: `${network}, rate ${rate}`,
      along,
    })),
    stated,
  });
  return {
    report,
    stated,
    headline: headline(settings),
    figures: {
      settings: settings.map(({ network, rate, own, seeds }) => ({ network, rate, own, seeds })),
      effects: effects(settings),
    },
  };
}

/** `17 of 20`. */
const count = ({ seeds }: SettingFigures, score: Parameters<typeof reaching>[1]): string =>
  `${Math.round(reaching(seeds, score) * seeds.length)} of ${seeds.length}`;

function see(settings: readonly SettingRuns[]): string[] {
  const [shallowSlow, deepSlow, shallowFast, deepFast] = settings;
  const [layer, , layerAfter] = effects(settings);
  const { length } = deepFast!.seeds;
  const worst = Math.max(...deepFast!.seeds.map(({ devBest, devLast }) => devBest - devLast));
  return [
    `The rate alone does it: at rate 5 the 2-5-1 network has a best dev score of at least 99 % in ${count(shallowFast!, 'devBest')} seeds, 2-5-3-1 in ${count(deepFast!, 'devBest')}; ` +
      `at rate 0.2 it is ${count(shallowSlow!, 'devBest')} and ${count(deepSlow!, 'devBest')}.`,
    `The layer alone lowers the test loss in ${Math.round(layer!.lowers * length)} of ${length} seeds at rate 0.2: one more sigmoid shrinks the gradients on their way back (the page on vanishing gradients measures it), and 1,000 epochs bring the deeper network less far.`,
    `At rate 5 the layer lowers the loss in ${Math.round(layerAfter!.lowers * length)} of ${length} seeds, so something is left of the claim: a smaller loss where the training succeeds, which by the test score of the last model it does in ${count(deepFast!, 'testLast')}, and without the layer in ${count(shallowFast!, 'testLast')}.`,
    `Rate 5 has its price: the training loss no longer falls at every epoch, and the last model can be a bad one. Over the seeds, the last dev score of 2-5-3-1 is up to ${(100 * worst).toFixed(1)} points below its best. Here it matters that the best model is kept.`,
    'To learn what a change does, change one thing, and repeat it for several seeds: a single run shows neither how often a setting succeeds nor which change made it succeed.',
  ];
}

function headline(settings: readonly SettingRuns[]): string[] {
  const [, , shallow, deep] = settings;
  return [
    `rate 5: best dev score ≥ 99 % in ${count(shallow!, 'devBest')} seeds with 2-5-1, ${count(deep!, 'devBest')} with 2-5-3-1; the rate does it, not the layer`,
  ];
}
