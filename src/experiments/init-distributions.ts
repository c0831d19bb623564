import { histogramChart } from '../report/charts/histogram.ts';
import { formatNumber } from '../report/format.ts';
import { type Block, none, number, type Table, text } from '../report/report.ts';
import type { Experiment, ExperimentContext, ExperimentResult } from './experiment.ts';
import {
  BINS,
  DISTRIBUTIONS,
  type DistributionName,
  draw,
  type Properties,
  SAMPLES,
  type SampleFigures,
  type Samples,
  sampleFigures,
} from './init-distributions/samples.ts';
import { page } from './page.ts';
import type { StatedFigure } from './stated-figure.ts';

/** Of the page's seed. */
export type InitDistributionsFigures = { readonly [D in DistributionName]: SampleFigures };

const about = {
  name: 'init-distributions',
  title: 'Where random starts come from',
  section: '2.1',
  shows: 'The two distributions that the material proposes instead of zeros, sampled and drawn.',
} as const;

export const initDistributions: Experiment<InitDistributionsFigures> = { ...about, run };

const NAMES: readonly DistributionName[] = ['gaussian', 'uniform'];

async function run(
  context: ExperimentContext,
): Promise<ExperimentResult<InitDistributionsFigures>> {
  const samples = draw(context.seed);
  const figures = figuresOf(samples);
  const seeds = context.seeds.map((seed) => figuresOf(draw(seed)));
  const stated = statedFigures(figures, seeds);
  const { gaussian, uniform } = figures;
  const report = page(about, context, {
    what:
      'To break the symmetry of a zero start, the material proposes normal or uniform random numbers. ' +
      'It draws 10,000 of each, N(0, 1) and U(−1, 1), and shows their histograms with 200 bins, scaled to densities, side by side. No network is started from them.',
    how:
      'The same number of samples and bins, each histogram under the density that the samples are drawn from. ' +
      'They are drawn as parameters are, by the initialisers that start the networks of `zero-init`. There is no training and no gradient here.',
    body: [chart(samples), table(figures)],
    see: [
      `The histograms follow their densities, but not closely: in ${BINS} bins of ${formatNumber(SAMPLES, 'count')} samples there are ${SAMPLES / BINS} a bin on average, and chance alone moves such a number by about ${EVEN_BIN_SPREAD.toFixed(1)} (here, over the bins of U(−1, 1), by ${uniform.binSpread.toFixed(1)}). The rough outline is no fault of the generator.`,
      `What breaks the symmetry is that no two samples are equal: ${gaussian.repeated + uniform.repeated} of the ${formatNumber(2 * SAMPLES, 'count')} repeat an earlier one.`,
      `The two differ in width as much as in form: N(0, 1) has a standard deviation of 1 and no bounds (its farthest sample here is ${Math.max(-gaussian.least, gaussian.greatest).toFixed(2)}), U(−1, 1) has 0.577 and ends at ±1. That one of them trains faster than the other need not be due to its form.`,
    ],
    along: [],
    stated,
  });
  return {
    report,
    stated,
    headline: NAMES.map((key) => {
      const { mean, deviation } = figures[key];
      return `${DISTRIBUTIONS[key].name}: mean ${mean.toFixed(4)}, standard deviation ${deviation.toFixed(4)}`;
    }),
    figures,
  };
}

const figuresOf = ({ gaussian, uniform }: Samples): InitDistributionsFigures => ({
  gaussian: sampleFigures(gaussian),
  uniform: sampleFigures(uniform),
});

/** Of the samples in one of as many bins of equal probability: √(np(1 − p)), p = 1/BINS. */
const EVEN_BIN_SPREAD = Math.sqrt((SAMPLES / BINS) * (1 - 1 / BINS));

/** So many standard errors leave out one figure in two million. */
const STANDARD_ERRORS = 5;

function statedFigures(
  own: InitDistributionsFigures,
  seeds: readonly InitDistributionsFigures[],
): StatedFigure[] {
  const figure = (
    key: DistributionName,
    what: string,
    of: (figures: SampleFigures) => number,
    expected: number,
    standardError: number,
  ): StatedFigure => ({
    what: `${DISTRIBUTIONS[key].name}: ${what}`,
    value: of(own[key]),
    seeds: seeds.map((figures) => of(figures[key])),
    stated: [
      expected - STANDARD_ERRORS * standardError,
      expected + STANDARD_ERRORS * standardError,
    ],
  });
  return [
    ...NAMES.flatMap((key) => {
      const { mean, deviation, kurtosis, beyond } = DISTRIBUTIONS[key];
      return [
        figure(key, 'mean', (f) => f.mean, mean, deviation / Math.sqrt(SAMPLES)),
        figure(
          key,
          'standard deviation',
          (f) => f.deviation,
          deviation,
          deviation * Math.sqrt((kurtosis - 1) / (4 * SAMPLES)),
        ),
        ...beyond.map((share, i) =>
          figure(
            key,
            `share beyond ±${i + 1}`,
            (f) => f.beyond[i]!,
            share,
            Math.sqrt((share * (1 - share)) / SAMPLES),
          ),
        ),
        figure(key, 'samples that repeat an earlier one', (f) => f.repeated, 0, 0),
      ];
    }),
    figure(
      'uniform',
      'standard deviation of the samples in a bin',
      (f) => f.binSpread,
      EVEN_BIN_SPREAD,
      EVEN_BIN_SPREAD / Math.sqrt(2 * BINS),
    ),
  ];
}

const chart = (samples: Samples): Block => ({
  kind: 'chart',
  name: 'init-distributions',
  alt: 'Histogram of 10,000 samples of N(0, 1), a bell, beside one of U(−1, 1), a level block, each under its density.',
  spec: histogramChart({
    title: 'Normal and uniform random numbers',
    subtitle: `${formatNumber(SAMPLES, 'count')} samples each, ${BINS} bins, area 1`,
    yAxis: 'density',
    bins: BINS,
    panels: NAMES.map((key) => ({
      title: DISTRIBUTIONS[key].name,
      xAxis: 'sample',
      samples: samples[key],
      density: DISTRIBUTIONS[key].density,
    })),
  }),
});

function table(figures: InitDistributionsFigures): Table {
  const rows: readonly (readonly [string, (of: Properties) => number])[] = [
    ['mean', (of) => of.mean],
    ['standard deviation', (of) => of.deviation],
    ['share beyond ±1', (of) => of.beyond[0]],
    ['share beyond ±2', (of) => of.beyond[1]],
    ['share beyond ±3', (of) => of.beyond[2]],
  ];
  const extremes: readonly (readonly [string, 'least' | 'greatest'])[] = [
    ['least', 'least'],
    ['greatest', 'greatest'],
  ];
  return {
    kind: 'table',
    name: 'samples',
    columns: [
      { key: 'what', title: '', align: 'left' },
      ...NAMES.flatMap((key) => [
        { key, title: `${DISTRIBUTIONS[key].name}, samples`, align: 'right' as const },
        { key: `${key}True`, title: 'distribution', align: 'right' as const },
      ]),
    ],
    rows: [
      ...rows.map(([what, of]) => [
        text(what),
        ...NAMES.flatMap((key) => [
          number(of(figures[key]), 'significant'),
          number(of(DISTRIBUTIONS[key]), 'significant'),
        ]),
      ]),
      ...extremes.map(([what, end]) => [
        text(what),
        ...NAMES.flatMap((key) => [number(figures[key][end], 'significant'), none('')]),
      ]),
    ],
  };
}
