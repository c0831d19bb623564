import { initialise } from '../../params/initialise.ts';
import { layoutOf } from '../../params/layout.ts';
import { slotValues } from '../../params/params.ts';
import { histogram } from '../../report/charts/histogram.ts';
import { GAUSSIAN, UNIFORM } from '../zero-init/starts.ts';

export type DistributionName = 'gaussian' | 'uniform';

/** What a distribution is, or samples of it say. */
export interface Properties {
  readonly mean: number;
  readonly deviation: number;
  /** Share beyond ±1, ±2 and ±3. */
  readonly beyond: readonly [one: number, two: number, three: number];
}

export interface SampleFigures extends Properties {
  readonly least: number;
  readonly greatest: number;
  /** Standard deviation of the number of samples in a bin. */
  readonly binSpread: number;
  /** Samples that equal one drawn before them. */
  readonly repeated: number;
}

export interface Distribution extends Properties {
  readonly name: string;
  /** Fourth central moment over the squared variance. */
  readonly kurtosis: number;
  readonly density: (x: number) => number;
}

export const SAMPLES = 10_000;
export const BINS = 200;

export const DISTRIBUTIONS: { readonly [D in DistributionName]: Distribution } = {
  gaussian: {
    name: 'N(0, 1)',
    mean: 0,
    deviation: 1,
    // 2Φ(−k): Abramowitz & Stegun 1964, table 26.1.
    beyond: [0.317310507863, 0.045500263896, 0.002699796063],
    kurtosis: 3,
    density: (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  },
  uniform: {
    name: 'U(−1, 1)',
    mean: 0,
    deviation: 1 / Math.sqrt(3),
    beyond: [0, 0, 0],
    kurtosis: 9 / 5,
    density: (x) => (x >= -1 && x < 1 ? 1 / 2 : 0),
  },
};

export type Samples = { readonly [D in DistributionName]: Float64Array };

/** Drawn as parameters are, by the initialisers of `zero-init`: 10,000 of each. */
export function draw(seed: number): Samples {
  const layout = layoutOf([
    { name: 'gaussian', shape: [SAMPLES] },
    { name: 'uniform', shape: [SAMPLES] },
  ]);
  const params = initialise(layout, { seed, perLayer: { gaussian: GAUSSIAN, uniform: UNIFORM } });
  const of = (name: DistributionName): Float64Array => Float64Array.from(slotValues(params, name));
  return { gaussian: of('gaussian'), uniform: of('uniform') };
}

export function sampleFigures(samples: Float64Array): SampleFigures {
  const mean = meanOf(samples);
  const beyond = (limit: number): number =>
    samples.filter((x) => Math.abs(x) > limit).length / samples.length;
  const counts = histogram(samples, BINS).map(
    ({ left, right, density }) => density * (right - left) * samples.length,
  );
  return {
    mean,
    deviation: Math.sqrt(meanOf(samples.map((x) => (x - mean) ** 2))),
    beyond: [beyond(1), beyond(2), beyond(3)],
    least: samples.reduce((a, b) => Math.min(a, b)),
    greatest: samples.reduce((a, b) => Math.max(a, b)),
    binSpread: Math.sqrt(meanOf(counts.map((count) => (count - samples.length / BINS) ** 2))),
    repeated: samples.length - new Set(samples).size,
  };
}

const meanOf = (values: readonly number[] | Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};
