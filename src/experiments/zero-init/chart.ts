import { curveChart } from '../../report/charts/curves.ts';
import type { Block } from '../../report/report.ts';
import { RATES } from './starts.ts';
import type { StartRuns } from './train-starts.ts';

/** Training loss and dev score by start: a row of panels a rate. */
export const startsChart = (starts: readonly StartRuns[]): Block => ({
  kind: 'chart',
  name: 'zero-init',
  alt:
    'Training loss and dev score over the epochs by start, at learning rate 0.2 and 5. ' +
    'The zero start stays level at first; at rate 5 it stays level again later, where the random starts go on.',
  spec: curveChart({
    title: 'All parameters 0, and other starts',
    subtitle: '2-5-1 on two moons; one hidden unit is 2-1-1',
    xAxis: 'epoch',
    legend: 'start',
    panels: RATES.flatMap((rate) => {
      const runs = starts.filter((run) => run.rate === rate);
      return [
        {
          title: `rate ${rate}`,
          yAxis: 'training loss',
          curves: runs.map(({ start, history }) => curve(start, history.trainLoss)),
          reference: { at: Math.LN2, label: 'ln 2' },
        },
        {
          title: `rate ${rate}`,
          yAxis: 'dev score',
          curves: runs.map(({ start, history }) => curve(start, history.devScore)),
        },
      ];
    }),
  }),
});

const curve = (
  series: string,
  values: readonly number[],
): { series: string; points: (readonly [number, number])[] } => ({
  series,
  points: values.map((value, epoch) => [epoch, value] as const),
});
