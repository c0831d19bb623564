import { type Block, heading, paragraph } from '../report/report.ts';
import { aspectsBlock } from './custom-or-automatic/aspects.ts';
import { type Breaks, breakBlocks } from './custom-or-automatic/breaks.ts';
import { driftBlocks } from './custom-or-automatic/drift.ts';
import { effectBlocks } from './custom-or-automatic/effects.ts';
import type { CustomOrAutomaticFigures } from './custom-or-automatic/figures.ts';
import { hypothesesBlock } from './custom-or-automatic/hypotheses.ts';
import { type Ladder, ROUNDING_SEEDS } from './custom-or-automatic/ladder.ts';
import { alongs, type Measured, measure } from './custom-or-automatic/measure.ts';
import { answer } from './custom-or-automatic/see.ts';
import { speedBlocks } from './custom-or-automatic/speed-blocks.ts';
import { statedFigures } from './custom-or-automatic/stated.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { homeworkBlocks } from './homework.ts';
import { page } from './page.ts';

export type { CustomOrAutomaticFigures } from './custom-or-automatic/figures.ts';

const about = {
  name: 'custom-or-automatic',
  title: 'Custom gradients or automatic ones',
  section: '总结思考问题 (the closing question)',
  shows:
    'The closing question of the material: which way is right, why results differed, and which is faster.',
} as const;

export const customOrAutomatic: Experiment<CustomOrAutomaticFigures> = { ...about, run };

async function run(
  context: ExperimentContext,
): Promise<ExperimentResult<CustomOrAutomaticFigures>> {
  return resultOf(context, await measure(context));
}

/** The page of what was measured. */
export function resultOf(
  context: ExperimentContext,
  { ladder, breaks, figures }: Measured,
): ExperimentResult<CustomOrAutomaticFigures> {
  const stated = statedFigures(figures, ladder, breaks);
  const report = page(about, context, {
    what:
      'The material closes with a question: how do gradients derived by hand and automatic ones compare, in speed, in results, in other respects? ' +
      'Its author expects formulas by hand to be faster, since tracing a graph costs time, but saw the automatic way win; and saw results that differ greatly, ' +
      'perhaps because the graph is adjusted as it runs, together with the optimiser. Why, the author could not say. The answer found here stands under [What to see](#what-to-see).',
    how:
      'The base is the material’s 2-5-1 network with sigmoids on two moons, binary cross-entropy, rate 0.2, 1,000 epochs, PyTorch’s default start, float64, gradients by hand. ' +
      `Then one thing at a time is changed, and each change is held against the base training of the same seed: the first ${ROUNDING_SEEDS} seeds where only rounding can differ, all of them otherwise. ` +
      'Nothing is timed here.',
    body: bodyOf(figures, ladder, breaks),
    see: answer(figures),
    along: alongs(ladder, breaks),
    stated,
  });
  return { report, stated, headline: headlineOf(figures), figures };
}

const bodyOf = (figures: CustomOrAutomaticFigures, ladder: Ladder, breaks: Breaks): Block[] => [
  heading(3, 'Trained apart'),
  paragraph(
    'By hand and automatically, each on its own from the same start, and as a control by hand once more with the rows of the batch in reverse order: the same sums, added up the other way round. ' +
      'Between these, there is nothing but the rounding of doubles. For scale stand beside them float32, the same mathematics rounded more coarsely, and another start, which is another problem.',
  ),
  ...driftBlocks(ladder),
  heading(3, 'One change at a time'),
  paragraph('The median over the seeds, and in brackets the lowest and the highest.'),
  ...effectBlocks(ladder),
  paragraph(
    'N(0, 1) with zero biases is how hand-written course code starts, U(−1/√n, 1/√n) how PyTorch does. A sum in place of a mean multiplies every gradient by 640, and so the learning rate. ' +
      'Clamp and floor are for probabilities next to 0 and 1: at this rate they change the last bits at most.',
  ),
  heading(3, 'Where the form of the loss matters'),
  paragraph(
    'The same network in float32 at rate 5 for up to 3,000 epochs, with the logarithms of binary cross-entropy left unclamped: once a probability rounds to exactly 1, its loss contains 0 · −∞. ' +
      `${figures.breaks.broken} of ${figures.breaks.seeds} seeds break. Clamped, as in PyTorch, the loss at the very same parameters is finite in ${figures.breaks.clampedFinite} of ${figures.breaks.seeds}.`,
  ),
  ...breakBlocks(breaks),
  heading(3, 'Speed'),
  ...speedBlocks(figures.speed),
  heading(3, 'The author’s guesses'),
  hypothesesBlock(figures),
  ...homeworkBlocks(figures.homework),
  heading(3, 'More than speed'),
  aspectsBlock(figures),
];

const headlineOf = ({ drift, changes, breaks }: CustomOrAutomaticFigures): string[] => [
  `by hand and automatically, trained apart: parameters within ${drift.automatic.toExponential(1)}; another start moves the loss by ${changes.draw.median.toExponential(1)}`,
  `float32 at rate 5 without clamp: ${breaks.broken} of ${breaks.seeds} seeds break`,
];
