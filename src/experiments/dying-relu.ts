import { formatNumber } from '../report/format.ts';
import { heading, paragraph } from '../report/report.ts';
import { EPOCHS } from './dying-relu/cases.ts';
import { dyingChart } from './dying-relu/chart.ts';
import { type DyingFigures, dyingFigures } from './dying-relu/figures.ts';
import { measureAll } from './dying-relu/measure.ts';
import { measureRevivals } from './dying-relu/revivals.ts';
import { seeItems } from './dying-relu/see.ts';
import { statedFigures } from './dying-relu/stated.ts';
import { gradientsTable, movesTable } from './dying-relu/tables.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { starts } from './five-layer.ts';
import { page } from './page.ts';
import { recordedNorms } from './torch-norms.ts';

const about = {
  name: 'dying-relu',
  title: 'Dying ReLU',
  section: '3',
  shows:
    'What biases of −8 do to five layers of ReLU, and whether Leaky ReLU and ELU bring the gradients back.',
} as const;

export const dyingRelu: Experiment<DyingFigures> = { ...about, run };

async function run(context: ExperimentContext): Promise<ExperimentResult<DyingFigures>> {
  const results = await measureAll(context);
  const revivals = await measureRevivals(context);
  const torch = recordedNorms(context.recorded.material);
  const figures = dyingFigures(results, revivals.figures, torch);
  const alongs = [...results.map(({ along }) => along), revivals.along];
  const stated = statedFigures(results, figures, alongs);
  const epochs = formatNumber(EPOCHS, 'count');
  const [relu, leaky] = [figures.cases.relu.training!, figures.cases['leaky-0.01'].training!];
  const report = page(about, context, {
    what:
      'The five-layer network gets biases of −8, large beside its weights, so that every ReLU’s input is negative and its output 0: such a unit has no gradient and never wakes. ' +
      'With Leaky ReLU in its place the material finds the problem eased, the gradient back to normal and the parameters updated as they should be; ' +
      'since the slope is only 0.01 the gradient still shrinks from layer to layer, which a larger slope would mend. It recommends ELU as well. ' +
      'Its code does something else: the biases never take effect, the optimiser is that of an earlier model, and what is printed are the norms of the weights.',
    how:
      `2-3-3-3-3-1, a sigmoid at the end, binary cross-entropy, learning rate 0.01, ${epochs} epochs on the 640 training moons, in double precision unless said. ` +
      `Two starts: the one the text asks for (${starts.negative.title}), and the one the code really had (${starts.default.title}). ` +
      'A gradient is the L2 norm of a layer’s weight gradient in the first epoch, before any update; how far a layer moves is the largest |change| of any of its weights and biases from start to end. ' +
      `Whether dead units wake is asked of one more training for each seed: ReLU from PyTorch’s default at rate ${revivals.figures.rate}, for ${revivals.figures.epochs} epochs.`,
    body: [
      dyingChart(figures, context.seed),
      heading(3, 'Gradients at the start'),
      paragraph(
        `Medians over ${figures.seeds} seeds${figures.torch ? `, in PyTorch over ${figures.torch.seeds}` : ''}. The last columns say how much of the gradient’s size is lost between the last layer and the first, as powers of ten, and through what: ` +
          'the slopes of the activations or the weights, as on the page of [vanishing gradients](vanishing-gradients.md).',
      ),
      gradientsTable(figures),
      heading(3, `After ${epochs} epochs`),
      paragraph(`How far each layer moves, seed ${context.seed}.`),
      movesTable(figures),
    ],
    see: seeItems(figures, alongs),
    along: [
      ...results.map(({ case: { title, start }, along }) => ({
        training: `${starts[start].title}, ${title}`,
        along,
      })),
      {
        training: `${starts.default.title}, ReLU, rate ${revivals.figures.rate}`,
        along: revivals.along,
      },
    ],
    stated,
  });
  return {
    report,
    stated,
    headline: [
      `biases −8, ReLU: ${relu.changed} of ${figures.hiddenParameters} hidden parameters change in ${epochs} epochs; ` +
        `Leaky ReLU moves the first layer by ${formatNumber(leaky.moves[0]!, 'significant')}`,
    ],
    figures,
  };
}
