import { curveChart } from '../../report/charts/curves.ts';
import { dotChart } from '../../report/charts/dots.ts';
import { type Block, number, type Table, text } from '../../report/report.ts';
import { historyCurves } from '../history-curves.ts';
import { type Spread, spread } from '../statistics.ts';
import { effects, reaching } from './effects.ts';
import type { Outcome, SettingFigures, SettingRuns } from './settings.ts';

/** The four settings, the page's seed. */
export const outcomesTable = (settings: readonly SettingFigures[]): Table => ({
  kind: 'table',
  name: 'outcomes',
  columns: [
    { key: 'network', title: 'network', align: 'left' },
    { key: 'rate', title: 'rate', align: 'right' },
    { key: 'trainLoss', title: 'training loss', align: 'right' },
    { key: 'rises', title: 'epochs at which it does not fall', align: 'right' },
    { key: 'devBest', title: 'best dev score', align: 'right' },
    { key: 'bestEpoch', title: 'epoch of the best', align: 'right' },
    { key: 'testBest', title: 'test score, best', align: 'right' },
    { key: 'testLossBest', title: 'test loss, best', align: 'right' },
    { key: 'testLast', title: 'test score, last', align: 'right' },
    { key: 'testLossLast', title: 'test loss, last', align: 'right' },
  ],
  rows: settings.map(({ network, rate, own }) => [
    text(network),
    number(rate, 'exact'),
    number(own.trainLoss, 'significant'),
    number(own.rises, 'count'),
    number(own.devBest, 'exact'),
    number(own.bestEpoch, 'count'),
    number(own.testBest, 'exact'),
    number(own.testLossBest, 'significant'),
    number(own.testLast, 'exact'),
    number(own.testLossLast, 'significant'),
  ]),
});

/** The four settings over all seeds. */
export const seedsTable = (settings: readonly SettingFigures[]): Table => ({
  kind: 'table',
  name: 'seeds',
  columns: [
    { key: 'network', title: 'network', align: 'left' },
    { key: 'rate', title: 'rate', align: 'right' },
    { key: 'seeds', title: 'seeds', align: 'right' },
    { key: 'devBest', title: 'dev ≥ 99 %, best', align: 'right' },
    { key: 'devLast', title: 'dev ≥ 99 %, last', align: 'right' },
    { key: 'testBest', title: 'test ≥ 99 %, best', align: 'right' },
    { key: 'testLast', title: 'test ≥ 99 %, last', align: 'right' },
    { key: 'low', title: 'test loss, lowest', align: 'right' },
    { key: 'median', title: 'median', align: 'right' },
    { key: 'high', title: 'highest', align: 'right' },
  ],
  rows: settings.map(({ network, rate, seeds }) => {
    const count = (score: Parameters<typeof reaching>[1]): number =>
      reaching(seeds, score) * seeds.length;
    const { low, median, high } = testLosses(seeds);
    return [
      text(network),
      number(rate, 'exact'),
      number(seeds.length, 'count'),
      number(count('devBest'), 'count'),
      number(count('devLast'), 'count'),
      number(count('testBest'), 'count'),
      number(count('testLast'), 'count'),
      number(low, 'significant'),
      number(median, 'significant'),
      number(high, 'significant'),
    ];
  }),
});

/** What each change does alone. */
export const effectsTable = (settings: readonly SettingFigures[]): Table => ({
  kind: 'table',
  name: 'effects',
  columns: [
    { key: 'change', title: 'change', align: 'left' },
    { key: 'scoreBefore', title: 'median test score, before', align: 'right' },
    { key: 'scoreAfter', title: 'after', align: 'right' },
    { key: 'lossBefore', title: 'median test loss, before', align: 'right' },
    { key: 'lossAfter', title: 'after', align: 'right' },
    { key: 'lowers', title: 'seeds whose loss it lowers', align: 'right' },
  ],
  rows: effects(settings).map(({ change, score, loss, lowers }) => [
    text(change),
    number(score.before, 'significant'),
    number(score.after, 'significant'),
    number(loss.before, 'significant'),
    number(loss.after, 'significant'),
    number(lowers * settings[0]!.seeds.length, 'count'),
  ]),
});

/** The material's curves, for the net with the added layer. */
export function curves(settings: readonly SettingRuns[]): Block {
  const deep = settings.filter(({ network }) => network === '2-5-3-1');
  return {
    kind: 'chart',
    name: 'three-layer',
    alt: 'Training and dev loss and accuracy of the 2-5-3-1 network over 1,000 epochs, at learning rate 0.2 and 5.',
    spec: curveChart({
      title: 'Two moons, 2-5-3-1: loss and accuracy',
      subtitle: '1,000 epochs, full batch, gradients by hand',
      xAxis: 'epoch',
      legend: 'rate',
      panels: (['loss', 'score'] as const).map((figure) => ({
        yAxis: figure,
        curves: deep.flatMap(({ history, rate }) => historyCurves(history, figure, String(rate))),
      })),
    }),
  };
}

/** The test loss of each setting over the seeds. */
export const lossesChart = (settings: readonly SettingFigures[]): Block => ({
  kind: 'chart',
  name: 'three-layer-losses',
  alt: 'Median test loss of each network, with its range over the seeds, at learning rate 0.2 and 5.',
  spec: dotChart({
    title: 'Test loss of the last model',
    subtitle: 'median and range over the seeds; dashed: the 0.009 of the material',
    axis: 'test loss',
    legend: 'network',
    reference: 0.009,
    rows: settings.map(({ network, rate, seeds }) => {
      const { low, median, high } = testLosses(seeds);
      return { label: `rate ${rate}`, series: network, value: median, low, high };
    }),
  }),
});

const testLosses = (seeds: readonly Outcome[]): Spread =>
  spread(seeds.map((outcome) => outcome.testLossLast));
