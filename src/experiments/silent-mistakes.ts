import { formatNumber } from '../report/format.ts';
import { heading, paragraph } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { page } from './page.ts';
import { lossesChart } from './silent-mistakes/chart.ts';
import { applicableMistakes } from './silent-mistakes/chosen.ts';
import { type SilentFigures, silentFigures } from './silent-mistakes/figures.ts';
import { CHECK_ROWS } from './silent-mistakes/gradient-check.ts';
import { type Measured, type MeasureOptions, measure } from './silent-mistakes/measure.ts';
import { seeItems } from './silent-mistakes/see.ts';
import { statedFigures } from './silent-mistakes/stated.ts';
import { checksTable, mistakesTable, rateTable } from './silent-mistakes/tables.ts';

const about = {
  name: 'silent-mistakes',
  title: 'Mistakes that training does not show',
  section: '总结思考问题 (the closing question)',
  shows:
    'How often a wrong gradient trains as if it were right, and that a gradient check finds each of them.',
} as const;

export const silentMistakes: Experiment<SilentFigures> = {
  ...about,
  run: (context) => runSilentMistakes(context),
};

/** The experiment, with fewer mistakes or epochs where a test says so. */
export async function runSilentMistakes(
  context: ExperimentContext,
  options: MeasureOptions = {},
): Promise<ExperimentResult<SilentFigures>> {
  const measured = await measure(context, options);
  const figures = silentFigures(measured);
  const stated = statedFigures(measured, figures);
  const { length } = figures.mistakes;
  const counts = figures.rates.map(({ rate, falls }) => `${falls} at rate ${rate}`).join(', ');
  return {
    report: page(about, context, {
      what:
        'The material ends with gradients derived by hand and automatic ones, finds that their results differ greatly, and has no explanation. ' +
        'Whether the hand-derived gradient was right is never asked: a training counts as a success when the loss goes down and the accuracy is high. ' +
        'This page tries what such a test is worth, with mistakes that are typical of a derivation by hand.',
      how: how(measured, figures),
      body: body(measured, figures),
      see: seeItems(figures),
      along: measured.rates.map(({ rate, along }) => ({
        training: `the right gradient, 2-5-1, rate ${rate}`,
        along,
      })),
      stated,
    }),
    stated,
    headline: [
      `${figures.normalAtSome} of ${length} mistakes look normal at one of the rates at least, and the loss falls with most of them (${counts}); the gradient check catches ${figures.caught}`,
    ],
    figures,
  };
}

const how = (
  { mistakes, seeds, epochs, rates }: Measured,
  { seeds: count }: SilentFigures,
): string =>
  `The network of \`two-layer\` (2-5-1, sigmoid, binary cross-entropy, full batch, PyTorch’s default start, ${formatNumber(epochs, 'count')} epochs) is trained with the right gradient and with ${mistakes.length} wrong ones, ` +
  `each at learning rate ${rates.map(({ rate }) => rate).join(' and ')}, from the data and starts of the same ${count} seeds (${seeds.compared.join(', ')}). ` +
  `Each wrong one is the hand-derived method with one mistake in it, one or two of a kind out of ${applicableMistakes.length} that have a place in this network; the loss it reports is right; its gradient, or what it does to the parameters, is not. ` +
  'Dev is evaluated once, after the last epoch.';

function body(measured: Measured, figures: SilentFigures) {
  return [
    mistakesTable(measured.mistakes),
    heading(3, 'Training'),
    paragraph(
      'The measure is what the right gradient itself shows from these starts, at the same rate. A training **looks normal** if its last training loss is no higher, and its dev score no lower, than some right training’s: nobody who sees one curve could object; it is *better* if its loss is lower than all of theirs. ' +
        'It **fails** if its last loss is not even below that of always answering with the classes’ shares (ln 2 for equal classes), or not a number. Otherwise it is **slower**: it has learned something, and less. ' +
        'A mistake is given the verdict of the median seed, and of two in the middle the worse. ' +
        `Counts are of seeds; the last column says at which epoch, counted from 0, the right training from the same start was as far (median; ${formatNumber(figures.epochs, 'count')} if it never was).`,
    ),
    lossesChart(figures),
    ...figures.rates.flatMap(({ rate }, r) => [heading(4, `Rate ${rate}`), rateTable(figures, r)]),
    heading(3, 'A gradient check'),
    paragraph(
      `The same gradients where training starts, on the first ${CHECK_ROWS} training samples, held against the complex step, which knows nothing of backpropagation; for seed ${measured.seeds.own}. ` +
        'Shown is the entry furthest beyond what rounding allows, and the largest error in any slot (one layer’s weight or bias) over the norm of its right gradient. ' +
        'The last column counts the checks that catch it, at every seed’s start, by complex step and by finite differences.',
    ),
    checksTable(measured, figures.mistakes),
  ] as const;
}
