import { heading, paragraph } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { starts } from './five-layer.ts';
import { page } from './page.ts';
import { recordedNorms } from './torch-norms.ts';
import { normsChart } from './vanishing-gradients/chart.ts';
import { type VanishingFigures, vanishingFigures } from './vanishing-gradients/figures.ts';
import { EPOCHS, measureAll, names } from './vanishing-gradients/measure.ts';
import { seeItems } from './vanishing-gradients/see.ts';
import { statedFigures } from './vanishing-gradients/stated.ts';
import { decadesTable, epochsTable, normsTable } from './vanishing-gradients/tables.ts';

const about = {
  name: 'vanishing-gradients',
  title: 'Vanishing gradients',
  section: '2.2',
  shows:
    'How the gradient shrinks on its way back through five layers, and how much of that is the activation and how much the small weights.',
} as const;

export const vanishingGradients: Experiment<VanishingFigures> = { ...about, run };

async function run(context: ExperimentContext): Promise<ExperimentResult<VanishingFigures>> {
  const cases = await measureAll(context);
  const figures = vanishingFigures(cases, recordedNorms(context.recorded.material));
  const stated = statedFigures(cases, figures);
  const { small } = figures.cases;
  const report = page(about, context, {
    what:
      'A network with four hidden layers is trained with sigmoids, then with ReLUs, and the norms of its layers are printed. ' +
      'The weights are meant to be small, N(0, 0.01²), the biases 1. ' +
      'The material finds that with sigmoids the gradient all but disappears by the first layer, and that ReLU eases this: every layer then has a gradient. ' +
      'Its code does something else: the start it asks for never takes effect, so the network keeps PyTorch’s default, ' +
      'and what it prints are the norms of the weights, not of their gradients.',
    how:
      `2-3-3-3-3-1, the activation in every hidden layer, a sigmoid at the end, binary cross-entropy, learning rate 0.01, ${EPOCHS} epochs on the 640 training moons, in double precision. ` +
      'Shown is the L2 norm of each layer’s weight gradient in the first epoch, before any update. ' +
      `Three starts: the one the text asks for (${starts.small.title}, below: small), the same with larger weights (${starts.unit.title}), and the one the code really had (${starts.default.title}).`,
    body: [
      normsChart(figures, context.seed),
      paragraph(
        `Medians over ${figures.seeds} seeds, first epoch${figures.torch ? `; in PyTorch, over ${figures.torch.seeds}` : ''}:`,
      ),
      normsTable(figures),
      heading(3, 'The activation’s part and the weights’'),
      paragraph(
        'On its way from one layer to the one before, the gradient is multiplied by the weights and then by the slope φ′ of the activation; the layer’s inputs make a weight gradient of the result. ' +
          'Each of these changes the norm by a factor, and the three factors together are exactly the change. ' +
          'Here are their logarithms to base 10, summed over the four steps from the last layer to the first: −1 is a gradient ten times smaller. ' +
          'Means over the seeds in which no layer’s gradient is exactly 0.',
      ),
      decadesTable(figures),
      heading(3, `All ${EPOCHS} epochs`),
      paragraph(
        `The material prints every epoch, and so does this table: gradient norms for seed ${context.seed}, small start.`,
      ),
      epochsTable(cases),
    ],
    see: seeItems(figures, context.seed),
    along: cases.map(({ start, hidden, along }) => ({
      training: `${starts[start].title}, ${names[hidden]}`,
      along,
    })),
    stated,
  });
  return {
    report,
    stated,
    headline: [
      `small weights: the gradient loses ${(-small.sigmoid.decades.all).toFixed(1)} powers of ten with sigmoids, ` +
        `${(-small.sigmoid.decades.slopes).toFixed(1)} of them by the activation; ${(-small.relu.decades.all).toFixed(1)} with ReLU`,
    ],
    figures,
  };
}
