import { paragraph } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { page } from './page.ts';
import { type Effect, effects } from './three-layer/effects.ts';
import { headline, see } from './three-layer/see.ts';
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
