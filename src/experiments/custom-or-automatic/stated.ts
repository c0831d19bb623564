import { homeworkStated } from '../homework.ts';
import { agreementFigure } from '../page.ts';
import type { StatedFigure } from '../stated-figure.ts';
import type { ChangeName } from './changes.ts';
import type { CustomOrAutomaticFigures } from './figures.ts';
import type { Ladder, Rung, Traced } from './ladder.ts';

/** Where |Δ| of the final training loss lies, by change; measured over seeds 0–19. */
const EFFECTS: { readonly [C in ChangeName]: readonly [low: number, high: number] } = {
  start: [1e-6, 0.03],
  draw: [1e-6, 0.03],
  sum: [0.01, 100],
  mistake: [0.005, 0.08],
  // Kernel for kernel the same sums, here and from logits: not one bit may differ.
  tape: [0, 0],
  'tape-textbook': [0, 1e-14],
  reversed: [0, 1e-14],
  shuffled: [0, 1e-14],
  unclamped: [0, 1e-14],
  clamped: [0, 1e-14],
  'torch-floor': [0, 1e-14],
  logits: [0, 0],
  float32: [0, 1e-6],
};

export const statedFigures = (
  figures: CustomOrAutomaticFigures,
  ladder: Ladder,
): StatedFigure[] => [
  {
    what: 'largest |Δ parameter| at any epoch, automatic against by hand, each on its own',
    value: figures.drift.automatic,
    stated: [0, 1e-13],
  },
  {
    what: 'that drift over the drift with the batch reversed',
    value: figures.drift.automatic / figures.drift.reversed,
    stated: [0.1, 10],
  },
  ...ladder.rungs.map(({ change, ownEffect, effects }) => ({
    what: `|Δ final loss|: ${change.says}`,
    value: ownEffect.loss,
    seeds: effects.map(({ loss }) => loss),
    stated: EFFECTS[change.name],
  })),
  {
    what: 'share of seeds that break: float32, rate 5, unclamped',
    value: figures.breaks.broken / figures.breaks.seeds,
    stated: [0.3, 0.9],
  },
  {
    what: 'first epoch at which a seed breaks',
    value: figures.breaks.first ?? Number.NaN,
    stated: [1000, 3000],
    format: 'count',
  },
  {
    what: 'share of seeds with a finite clamped loss at the same parameters',
    value: figures.breaks.clampedFinite / figures.breaks.seeds,
    stated: [1, 1],
  },
  {
    what: '∂loss/∂z at z = −40, y = 1 by PyTorch’s floor',
    value: figures.saturation.floorAt40,
    stated: [-4.3e-6, -4.2e-6],
  },
  {
    what: 'nodes of the tape that differ between the first epoch and the last',
    value: figures.graph.differing,
    stated: [0, 0],
    format: 'count',
  },
  ...homeworkStated(figures.homework),
  {
    what: 'comparisons of gradients, by hand against automatic, that disagree',
    value: figures.gradients.disagreeing,
    stated: [0, 0],
    format: 'count',
  },
  agreementFigure([ladder.base, ...ladder.rungs.flatMap(resolved)].map(({ along }) => along)),
];

/**
 * By hand, in float64, of probabilities that are not saturated: there rounding leaves something to
 * judge by. What the others come to stands on the page.
 */
const resolved = ({ change: { name }, own }: Rung): Traced[] =>
  name === 'sum' || name === 'float32' || name.startsWith('tape') ? [] : [own];
