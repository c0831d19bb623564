import { count } from '../../../src/report/format.ts';
import { type Block, number, type Table, text } from '../../../src/report/report.ts';
import { logChart } from '../log-chart.ts';
import { ACTIVATIONS, type Activation } from './problem.ts';
import { sizeText } from './sizes.ts';
import { tally } from './tally.ts';
import { OTHERS, type SchemeName, type Sighting } from './trial.ts';

const ALL: readonly SchemeName[] = [...OTHERS, 'backproof'];

/** Share of the trials in which each scheme called the gradient wrong, a row a size. */
export function shareTable(sightings: readonly Sighting[], activation: Activation): Table {
  return {
    kind: 'table',
    name: `detection-${activation}`,
    columns: [
      { key: 'size', title: 'error of the entry', align: 'left' },
      ...ALL.map((name) => ({ key: name, title: `${name}, %`, align: 'right' as const })),
      { key: 'named', title: 'entry named, %', align: 'right' },
      { key: 'unresolved', title: 'unresolved, %', align: 'right' },
      { key: 'medianCalls', title: 'calls of f, median', align: 'right' },
      { key: 'mostCalls', title: 'most', align: 'right' },
    ],
    rows: sizesOf(sightings).map((size) => {
      const of = (name: SchemeName) => tally(sightings, activation, name, size);
      const ours = of('backproof');
      const share = (n: number) => number((100 * n) / ours.trials, 'count');
      return [
        text(sizeText(size)),
        ...ALL.map((name) => share(of(name).caught)),
        share(ours.named),
        share(ours.unresolved),
        number(ours.medianCalls, 'count'),
        number(ours.mostCalls, 'count'),
      ];
    }),
  };
}

/** The same as lines, a panel a kind of network. */
export function shareChart(sightings: readonly Sighting[], entries: number): Block {
  const wrong = sizesOf(sightings).filter((size) => size > 0);
  return {
    kind: 'chart',
    name: 'checker-detection',
    alt:
      'Share of trials in which one wrong entry is found, by the size of its error, for each ' +
      'scheme; the figures are in the tables.',
    spec: logChart({
      title: `One wrong entry among ${count(entries)}`,
      subtitle: 'Share of trials in which a check says that the gradient is wrong',
      xAxis: 'error of the entry',
      yAxis: 'found, %',
      yScale: 'per cent',
      legend: 'check',
      panels: ACTIVATIONS.map((activation) => ({
        title: `${activation} network`,
        rows: ALL.flatMap((series) =>
          wrong.map((x) => {
            const { caught, trials } = tally(sightings, activation, series, x);
            return { series, x, y: (100 * caught) / trials };
          }),
        ),
      })),
    }),
  };
}

const sizesOf = (sightings: readonly Sighting[]): number[] =>
  [...new Set(sightings.map((s) => s.size))].sort((a, b) => a - b);
