import { count, times } from '../../../src/report/format.ts';
import { type Block, number, type Table, text } from '../../../src/report/report.ts';
import { left, right } from '../columns.ts';
import { logChart } from '../log-chart.ts';
import { OTHERS } from './others.ts';
import { HIDDEN_ACTIVATIONS, type HiddenActivation } from './problem.ts';
import { ascending, PROMISED_SIZE, sizeText } from './sizes.ts';
import { type SightingTally, tallySightings } from './tally.ts';
import { TIGHT } from './torch-tolerances.ts';
import type { SchemeName, Sighting } from './trial.ts';

const ALL: readonly SchemeName[] = [...OTHERS, 'backproof'];

/** Share of the trials in which each scheme called the gradient wrong, a row a size. */
export function shareTable(sightings: readonly Sighting[], activation: HiddenActivation): Table {
  return {
    kind: 'table',
    name: `detection-${activation}`,
    columns: [
      left('size', 'error of the entry'),
      ...ALL.map((name) => right(name, `${name}, %`)),
      right('named', 'entry named, %'),
      right('unresolved', 'unresolved, %'),
      right('medianCalls', 'calls of f, median'),
      right('mostCalls', 'most'),
      right('gradients', 'of the gradient, median'),
    ],
    rows: sizesOf(sightings).map((size) => {
      const of = (name: SchemeName) => tallySightings(sightings, activation, name, size);
      const ours = of('backproof');
      const share = (n: number) => number((100 * n) / ours.trials, 'count');
      return [
        text(sizeText(size)),
        ...ALL.map((name) => share(of(name).caught)),
        share(ours.named),
        share(ours.unresolved),
        number(ours.medianCalls, 'count'),
        number(ours.mostCalls, 'count'),
        number(ours.medianGradients, 'count'),
      ];
    }),
  };
}

/** What of the lines is not detection: a check that accuses the right gradient "finds" any error. */
export function falseAlarmSentence(sightings: readonly Sighting[]): string | null {
  const loud = HIDDEN_ACTIVATIONS.flatMap((activation) =>
    ALL.flatMap((scheme) => {
      const { caught, trials } = tallySightings(sightings, activation, scheme, 0);
      return caught > 0
        ? [`${scheme} calls ${caught} of ${trials} right ${activation} gradients wrong`]
        : [];
    }),
  );
  if (loud.length === 0) return null;
  return (
    `Where a line starts above 0, it shows false alarms: ${loud.join(', ')}, and such a check ` +
    '“finds” an error of any size there.'
  );
}

/** What torch slow finds once its caller tightens it, and what is left to say for `checkGradient`. */
export function tightSentence(sightings: readonly Sighting[]): string {
  const both = (scheme: SchemeName, size: number) =>
    HIDDEN_ACTIVATIONS.map((activation) => tallySightings(sightings, activation, scheme, size));
  const share = (size: number): string => {
    const of = both('torch tight', size);
    const sum = (part: (t: SightingTally) => number): number =>
      of.reduce((all, t) => all + part(t), 0);
    return `${sum((t) => t.caught)} of ${sum((t) => t.trials)}`;
  };
  const calls = (scheme: SchemeName, size: number): number => both(scheme, size)[0]!.medianCalls;
  const fewer = (size: number): string =>
    times(calls('torch tight', size) / calls('backproof', size));
  return (
    "The loss here is computed in float64 and is near 1, so PyTorch's slow mode is held back by its " +
    `tolerances, not by its differences: with atol = ${sizeText(TIGHT.atol)} and rtol = ` +
    `${sizeText(TIGHT.rtol)}, its caller's to choose, it finds an error of ` +
    `${sizeText(PROMISED_SIZE)} in ${share(PROMISED_SIZE)} trials, and calls ${share(0)} right ` +
    'gradients wrong. What `checkGradient` does besides: its tolerance follows from the noise of f ' +
    `and need not be chosen; PyTorch makes ${fewer(0)} as many calls of f for a right gradient, and ` +
    `${fewer(PROMISED_SIZE)} as many for a wrong one; it names the entry; and it knows corners.`
  );
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
      panels: HIDDEN_ACTIVATIONS.map((activation) => ({
        title: `${activation} network`,
        rows: ALL.flatMap((series) =>
          wrong.map((x) => {
            const { caught, trials } = tallySightings(sightings, activation, series, x);
            return { series, x, y: (100 * caught) / trials };
          }),
        ),
      })),
    }),
  };
}

const sizesOf = (sightings: readonly Sighting[]): number[] =>
  ascending(sightings.map(({ size }) => size));
