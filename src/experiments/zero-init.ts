import { heading, paragraph } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import { page } from './page.ts';
import { type BalancedFigures, trainBalanced } from './zero-init/balanced-runs.ts';
import { startsChart } from './zero-init/chart.ts';
import { headline, see } from './zero-init/see.ts';
import { statedFigures } from './zero-init/stated.ts';
import {
  balancedTable,
  balanceTable,
  seedsTable,
  startsTable,
  weightsTable,
} from './zero-init/tables.ts';
import { type StartFigures, trainStarts, zerosByTape } from './zero-init/train-starts.ts';
import type { Twins } from './zero-init/twins.ts';

/** What zeros do beside other starts, for the page of the material's claims. */
export interface ZeroInitFigures {
  /** Four starts at rate 0.2, then at rate 5, then one hidden unit at rate 5. */
  readonly starts: readonly StartFigures[];
  /** The zero start trained by the tape alone, rate 0.2 and 5. */
  readonly twinsByTape: readonly Twins[];
  readonly balanced: BalancedFigures;
}

const about = {
  name: 'zero-init',
  title: 'All parameters zero',
  section: '2.1',
  shows:
    'What a start from zeros does and does not do, beside random starts, over more than the 5 epochs of the material.',
} as const;

export const zeroInit: Experiment<ZeroInitFigures> = { ...about, run };

async function run(context: ExperimentContext): Promise<ExperimentResult<ZeroInitFigures>> {
  const { seed, seeds, progress } = context;
  const balanced = await trainBalanced(context);
  const tape = (await zerosByTape(seed)).map(({ twins }) => twins);
  const starts = await trainStarts(context, progress);
  const stated = statedFigures(starts, tape, balanced);
  const zeroStarts = starts.filter(({ start }) => start === 'zeros');
  const [slow, fast] = zeroStarts;
  const report = page(about, context, {
    what:
      'If all weights and biases begin at 0, the material says, all hidden units compute the same and are updated alike, so they never become different. ' +
      'It trains such a 2-5-1 network for 5 epochs (2,000 stand in a variable that nothing reads), prints the weights at each, finds an accuracy of about 50 % and a loss that hardly falls, and concludes that the network learned nothing. ' +
      'As a remedy it names normal and uniform random numbers. Its class sets nothing to zero: it differs from the first network in name alone, so what it printed began with PyTorch’s default.',
    how:
      'Here all 21 parameters do begin at 0. Beside them stand N(0, 1) and U(−1, 1), for weights and biases alike, and PyTorch’s default; and a network with one hidden unit instead of five. ' +
      'Rates 0.2 and 5, full batch, two moons of 1,000 points split 640 / 160 / 200; 2,000 epochs for the page’s own seed, 1,000 for the others. ' +
      'Dev figures “after n” are those after n updates. A hook compares the hidden units bit by bit at every epoch, parameters and gradients.',
    body: [
      paragraph('The page’s own seed:'),
      startsTable(starts),
      startsChart(starts),
      paragraph('Dev scores over all seeds:'),
      seedsTable(starts),
      heading(3, 'The weights, epoch by epoch'),
      paragraph(
        'The zero start, by hand. A dot stands for each of the five hidden units: their columns are the same to the last bit. The material prints at five epochs, before each update: those are the rows 0 to 4.',
      ),
      weightsTable(zeroStarts),
      heading(3, 'The balance of the classes'),
      paragraph(
        'At the zero start every output is ½, and the gradient of the last bias is (points of class 0 − points of class 1) ÷ 2N, N the points in all. In exact arithmetic only that difference moves the network away. Seeds by difference:',
      ),
      balanceTable(seeds, [slow!, fast!]),
      paragraph(
        'The page’s own training set once more, with points of the larger class left out until both have as many. Where every entry of a gradient cancels, only rounding is left of it, and no comparison of two gradients can resolve that.',
      ),
      balancedTable(balanced),
    ],
    see: see(starts, tape, balanced),
    along: [
      ...starts.map(({ start, rate, along }) => ({ training: `${start}, rate ${rate}`, along })),
      ...balanced.runs.map(({ rate, along }) => ({
        training: `zeros, as many points of each class, rate ${rate}`,
        along,
      })),
    ],
    stated,
  });
  return {
    report,
    stated,
    headline: headline(starts),
    figures: {
      starts: starts.map(({ start, rate, own, seeds: others }) => ({
        start,
        rate,
        own,
        seeds: others,
      })),
      twinsByTape: tape,
      balanced,
    },
  };
}
