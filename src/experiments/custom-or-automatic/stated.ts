import { homeworkStated } from '../homework.ts';
import { alongFigures } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import { median } from '../statistics.ts';
import type { Breaks } from './breaks.ts';
import type { ChangeName } from './changes.ts';
import type { CustomOrAutomaticFigures } from './figures.ts';
import type { Ladder, Rung } from './ladder.ts';
import { alongs } from './measure.ts';

type Range = readonly [low: number, high: number];

/**
 * Where the largest |Δ| of the training loss on the way lies, by change; measured over seeds 0 to 109,
 * with a margin. Every change shows, but for two that are not to: kernel for kernel they are the same
 * sums.
 */
const ON_THE_WAY: { readonly [C in ChangeName]: Range } = {
  start: [0.01, 1],
  draw: [3e-3, 0.5],
  sum: [10, 70],
  mistake: [0.02, 0.5],
  tape: [0, 0],
  'tape-textbook': [1e-17, 1e-14],
  reversed: [3e-16, 1e-14],
  shuffled: [3e-16, 1e-14],
  unclamped: [1e-17, 1e-14],
  clamped: [1e-17, 1e-14],
  'torch-floor': [1e-17, 1e-14],
  logits: [0, 0],
  float32: [1e-8, 3e-7],
};

/** Where the median over the seeds of |Δ| of the final training loss lies, of what is another problem. */
const AT_THE_END: { readonly [C in ChangeName]?: Range } = {
  start: [1e-3, 5e-3],
  draw: [5e-4, 3e-3],
  sum: [10, 60],
  mistake: [0.015, 0.035],
};

export const statedFigures = (
  figures: CustomOrAutomaticFigures,
  ladder: Ladder,
  breaks: Breaks,
): StatedFigure[] => [
  {
    what: 'largest |Δ parameter| at any epoch, automatic against by hand, each on its own',
    value: figures.drift.automatic,
    stated: [1e-17, 1e-13],
  },
  {
    what: 'that drift over the drift with the batch reversed',
    value: figures.drift.automatic / figures.drift.reversed,
    stated: [0.1, 10],
  },
  ...ladder.rungs.flatMap(ofRung),
  {
    what: 'share of seeds that break: float32, rate 5, unclamped',
    value: figures.breaks.broken / figures.breaks.seeds,
    over: 'all seeds',
    stated: [0.3, 0.9],
  },
  {
    what: 'first epoch at which a seed breaks',
    value: figures.breaks.first ?? Number.NaN,
    over: 'all seeds',
    stated: [1000, 3000],
    format: 'count',
  },
  {
    what: 'share of seeds with a finite clamped loss at the same parameters',
    value: figures.breaks.clampedFinite / figures.breaks.seeds,
    over: 'all seeds',
    stated: [1, 1],
  },
  {
    what: '∂loss/∂z at z = −40, y = 1 by PyTorch’s floor',
    value: figures.saturation.floorAt40,
    over: 'all seeds',
    stated: [-4.3e-6, -4.2e-6],
  },
  {
    what: 'nodes of the tape that differ between the first epoch and the last',
    value: figures.graph.differing,
    stated: [0, 0],
    format: 'count',
  },
  ...homeworkStated(figures.homework),
  ...alongFigures(alongs(ladder, breaks).map(({ along }) => along)),
];

function ofRung({ change: { name, says }, ownEffect, effects }: Rung): StatedFigure[] {
  const end = AT_THE_END[name];
  return [
    {
      what: `largest |Δ loss| on the way: ${says}`,
      value: ownEffect.lossOnTheWay,
      seeds: effects.map(({ lossOnTheWay }) => lossOnTheWay),
      stated: ON_THE_WAY[name],
    },
    ...(end === undefined
      ? []
      : [
          {
            what: `median |Δ loss| at the end: ${says}`,
            value: median(effects.map(({ loss }) => loss)),
            over: 'all seeds' as const,
            seeds: effects.map(({ loss }) => loss),
            stated: end,
          },
        ]),
  ];
}
