import { type Curve, curveChart } from '../../report/charts/curves.ts';
import { type Block, number, text } from '../../report/report.ts';
import type { ChangeName } from './changes.ts';
import { type Ladder, largestDifference, type Rung, type Traced } from './ladder.ts';

/** How far a training runs from the one by hand. */
export interface Drift {
  /** The largest |Δ| of a parameter before each epoch's update. */
  readonly params: readonly number[];
  /** |Δ| of the training loss at each epoch. */
  readonly loss: readonly number[];
}

export const driftOf = (changed: Traced, base: Traced): Drift => ({
  params: changed.path.map((values, epoch) => largestDifference(values, base.path[epoch]!)),
  loss: changed.outcome.losses.map((loss, epoch) => Math.abs(loss - base.outcome.losses[epoch]!)),
});

export const rungOf = ({ rungs }: Ladder, name: ChangeName): Rung => {
  const rung = rungs.find(({ change }) => change.name === name);
  if (!rung) throw new RangeError(`ladder: no rung "${name}"`);
  return rung;
};

/** Widest to narrowest, as they lie in the chart. */
const DRAWN: readonly ChangeName[] = ['start', 'float32', 'reversed', 'tape-textbook'];

/** Differences of the last bit jump between it and 0 from epoch to epoch: so many make one point. */
const WINDOW = 20;

const SHOWN = [0, 1, 10, 100, 500];

export function driftBlocks(ladder: Ladder): Block[] {
  const drifts = DRAWN.map((name) => {
    const { change, own } = rungOf(ladder, name);
    return { series: change.says, ...driftOf(own, ladder.base) };
  });
  const last = ladder.base.path.length - 1;
  const epochs = [...SHOWN.filter((epoch) => epoch < last), last];
  const curves = (of: 'params' | 'loss'): Curve[] =>
    drifts.map((drift) => ({ series: drift.series, points: largestOfWindows(drift[of]) }));
  return [
    {
      kind: 'table',
      name: 'drift',
      columns: [
        { key: 'run', title: 'largest |Δ parameter| at epoch', align: 'left' },
        ...epochs.map((epoch) => ({
          key: `epoch${epoch}`,
          title: String(epoch),
          align: 'right' as const,
        })),
      ],
      rows: drifts.map(({ series, params }) => [
        text(series),
        ...epochs.map((epoch) => number(params[epoch]!, 'significant')),
      ]),
    },
    {
      kind: 'chart',
      name: 'custom-or-automatic-drift',
      alt: 'How far four trainings run from the one by hand; the figures are in the table above.',
      spec: curveChart({
        title: 'How far a training runs from the one by hand',
        subtitle: `2-5-1, learning rate 0.2, each run on its own; the largest of every ${WINDOW} epochs`,
        xAxis: 'epoch',
        panels: [
          { yAxis: 'largest |Δ parameter|', scale: 'log', curves: curves('params') },
          { yAxis: 'largest |Δ training loss|', scale: 'log', curves: curves('loss') },
        ],
      }),
    },
  ];
}

/** The largest of each window, at its first epoch. */
function largestOfWindows(values: readonly number[]): (readonly [epoch: number, value: number])[] {
  const starts = values.map((_, epoch) => epoch).filter((epoch) => epoch % WINDOW === 0);
  return starts.map((epoch) => [epoch, Math.max(...values.slice(epoch, epoch + WINDOW))]);
}
