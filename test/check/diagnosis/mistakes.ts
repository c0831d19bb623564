import type { DiagnosisKind } from '../../../src/check/diagnosis/diagnosis.ts';
import { type Random, random } from '../../../src/numeric/random.ts';
import type { Slot } from '../../../src/params/layout.ts';
import { everyEntry, type Plant, type Site } from './planted.ts';

export interface PlantedMistake {
  readonly name: string;
  readonly kind: DiagnosisKind;
  readonly plant: (rng: Random) => Plant;
  /** It needs to see every entry: sums and orders do. */
  readonly complete?: boolean;
  /** It changes weights only. */
  readonly weights?: boolean;
}

const times = (ratio: (x: number, truth: number) => number): (() => Plant) => {
  return () => everyEntry((i, { x, truth }) => ratio(x[i]!, truth[i]!) * truth[i]!);
};

const plus = (term: (x: number, coefficient: number) => number): ((rng: Random) => Plant) => {
  return (rng) => {
    const coefficient = 0.01 + 0.1 * rng.uniform();
    return everyEntry((i, { x, truth }) => truth[i]! + term(x[i]!, coefficient));
  };
};

/** Entry i of a slot takes the truth of entry from(i). */
const taken = (from: (i: number, slot: Slot) => number): Plant =>
  everyEntry((i, { slots, truth }) => {
    const slot = slots.find(({ offset, size }) => i >= offset && i < offset + size)!;
    return truth[slot.offset + from(i - slot.offset, slot)]!;
  });

const sums = (together: (i: number, j: number, columns: number) => boolean, mean: boolean): Plant =>
  everyEntry((i, { slots, truth }) => {
    const { offset, size, shape } = slots.find((s) => i >= s.offset && i < s.offset + s.size)!;
    let [sum, count] = [0, 0];
    for (let j = 0; j < size; j++) {
      if (!together(i - offset, j, shape.length > 1 ? shape[1]! : size)) continue;
      sum += truth[offset + j]!;
      count++;
    }
    return mean ? sum / count : sum;
  });

const sameRow = (i: number, j: number, n: number): boolean =>
  Math.floor(i / n) === Math.floor(j / n);
const sameColumn = (i: number, j: number, n: number): boolean => i % n === j % n;

/** A random order of n, the same each time it is asked for. */
const orderOf = (seed: number, n: number): number[] =>
  random(seed).shuffleInPlace(Array.from({ length: n }, (_, i) => i));

function outerPlant(got: Float64Array, { slots, x }: Site): void {
  for (const { offset, size, shape } of slots) {
    const columns = shape.length > 1 ? shape[1]! : 1;
    for (let i = 0; i < size; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const input = shape.length > 1 ? 1.3 + Math.sin(5 * column + x[0]!) : 1;
      got[offset + i]! -= (1.2 + Math.cos(3 * row + x[0]!)) * input;
    }
  }
}

function lessMean(got: Float64Array, { slots, truth }: Site): void {
  for (const { offset, size } of slots) {
    const mean = truth.subarray(offset, offset + size).reduce((sum, v) => sum + v, 0) / size;
    for (let i = offset; i < offset + size; i++) got[i]! -= mean;
  }
}

function accumulating(): Plant {
  let sum: Float64Array | null = null;
  return (got, { truth }) => {
    sum = sum === null ? truth.slice() : sum.map((v, i) => v + truth[i]!);
    got.set(sum);
  };
}

/** Of every kind but those that are not of the numbers: each is planted in random networks. */
export const PLANTED: readonly PlantedMistake[] = [
  { name: 'N times', kind: 'factor', plant: times(() => 640) },
  { name: '1/N', kind: 'factor', plant: times(() => 1 / 640) },
  { name: '½', kind: 'factor', plant: times(() => 1 / 2) },
  { name: '−N', kind: 'factor', plant: times(() => -640) },
  { name: 'a number', kind: 'factor', plant: times(() => 1.7320508) },
  { name: 'minus', kind: 'sign', plant: times(() => -1) },
  { name: '0', kind: 'zero', plant: times(() => 0) },
  {
    name: 'the last row 0',
    kind: 'zero',
    plant:
      () =>
      (got, { slots }) => {
        for (const { offset, size, shape } of slots) {
          got.fill(0, offset + size - (shape[1] ?? 1), offset + size);
        }
      },
  },
  {
    name: 'XᵀdY in the memory of dYᵀX',
    kind: 'transpose',
    weights: true,
    plant: () =>
      taken((i, { shape: [rows, columns] }) => (i % rows!) * columns! + Math.floor(i / rows!)),
  },
  {
    name: 'read column by column',
    kind: 'transpose',
    weights: true,
    plant: () =>
      taken((i, { shape: [rows, columns] }) => (i % columns!) * rows! + Math.floor(i / columns!)),
  },
  {
    name: 'reversed',
    kind: 'permutation',
    complete: true,
    plant: () => taken((i, { size }) => size - 1 - i),
  },
  {
    name: 'shuffled',
    kind: 'permutation',
    complete: true,
    plant: (rng) => {
      const seed = rng.integer(1000);
      return taken((i, { size }) => orderOf(seed, size)[i]!);
    },
  },
  {
    name: 'units off by one',
    kind: 'permutation',
    weights: true,
    plant: () => taken((i, { size, shape }) => (i + shape[1]!) % size),
  },
  {
    name: 'the slots in the opposite order',
    kind: 'permutation',
    complete: true,
    plant:
      () =>
      (got, { truth, layout }) => {
        let at = 0;
        for (const { offset, size } of [...layout.slots].reverse()) {
          got.set(truth.subarray(offset, offset + size), at);
          at += size;
        }
      },
  },
  { name: 'row sums', kind: 'sum-over-axis', complete: true, plant: () => sums(sameRow, false) },
  {
    name: 'column means',
    kind: 'sum-over-axis',
    complete: true,
    weights: true,
    plant: () => sums(sameColumn, true),
  },
  { name: 'one sum', kind: 'sum-over-axis', complete: true, plant: () => sums(() => true, false) },
  { name: 'decay', kind: 'proportional-to-parameter', plant: plus((x, c) => c * x) },
  { name: 'no decay', kind: 'proportional-to-parameter', plant: plus((x, c) => -c * x) },
  { name: 'offset', kind: 'constant-offset', plant: plus((_, c) => c) },
  { name: 'L1', kind: 'missing-term', plant: plus((x, c) => c * Math.sign(x)) },
  { name: 'less its mean', kind: 'missing-term', complete: true, plant: () => lessMean },
  {
    name: "without a sample's share",
    kind: 'missing-term',
    complete: true,
    plant: () => outerPlant,
  },
  { name: 'masked', kind: 'piecewise-ratio', plant: times((x) => (x > 0 ? 1 : 0)) },
  { name: 'slope 0.01 twice', kind: 'piecewise-ratio', plant: times((x) => (x > 0 ? 1 : 0.01)) },
  { name: 'sides exchanged', kind: 'piecewise-ratio', plant: times((x) => (x > 0 ? 0.1 : 10)) },
  { name: '|g|', kind: 'piecewise-ratio', plant: times((_, g) => Math.sign(g)) },
  { name: 'times x', kind: 'elementwise-ratio', plant: times((x) => x) },
  { name: 'times 1 − x', kind: 'elementwise-ratio', plant: times((x) => 1 - x) },
  { name: 'times 3x²', kind: 'elementwise-ratio', plant: times((x) => 3 * x * x) },
  { name: 'times |x|', kind: 'elementwise-ratio', plant: times(Math.abs) },
  { name: 'over x', kind: 'elementwise-ratio', plant: times((x) => 1 / x) },
  {
    name: 'times sigmoid′(x)',
    kind: 'elementwise-ratio',
    plant: times((x) => 1 / (1 + Math.exp(-x)) / (1 + Math.exp(x))),
  },
  { name: 'g²', kind: 'elementwise-ratio', plant: times((_, g) => g) },
  { name: 'added up', kind: 'accumulates', plant: accumulating },
];

/** Wrong gradients without a name: noise, smooth distortions, sparse errors, false dependence on x. */
export const NAMELESS: Readonly<Record<string, (rng: Random) => Plant>> = {
  'new noise at each point': (rng) => {
    const size = 10 ** (-4 * rng.uniform());
    return everyEntry((i, { truth }) => truth[i]! + size * rng.normal());
  },
  'the same noise at each point': (rng) => {
    const size = 10 ** (-4 * rng.uniform());
    const noise = normals(rng);
    return everyEntry((i, { truth }) => truth[i]! + size * noise[i]!);
  },
  'ratios of their own': (rng) => {
    const noise = normals(rng);
    return everyEntry((i, { truth }) => truth[i]! * (1 + noise[i]!));
  },
  'a wave along the entries': (rng) => {
    const [size, frequency, phase] = [10 ** (-3 * rng.uniform()), rng.normal(), 6 * rng.uniform()];
    return everyEntry((i, { truth }) => truth[i]! * (1 + size * Math.sin(frequency * i + phase)));
  },
  'a smooth function of x times': (rng) => {
    const [size, frequency, phase] = [10 ** (-3 * rng.uniform()), rng.normal(), 6 * rng.uniform()];
    return everyEntry(
      (i, { truth, x }) => truth[i]! * (1 + size * Math.sin(frequency * x[i]! + phase)),
    );
  },
  'a smooth function of x more': (rng) => {
    const [size, frequency, phase] = [10 ** (-3 * rng.uniform()), rng.normal(), 6 * rng.uniform()];
    return everyEntry(
      (i, { truth, x }) => truth[i]! + size * Math.sin((1 + Math.abs(frequency)) * x[i]! + phase),
    );
  },
  'a smooth function of the truth': (rng) => {
    const size = rng.normal();
    return everyEntry((i, { truth }) => truth[i]! * (1 + size * Math.tanh(truth[i]!)));
  },
  'one number upstream that depends on the point': (rng) => {
    const phase = rng.normal();
    return everyEntry((i, { truth, x }) => truth[i]! * (1.5 + Math.sin(x[0]! + phase)));
  },
  'neighbours averaged': () =>
    everyEntry((i, { truth, layout: { size } }) => {
      return (truth[i]! + truth[(i + 1) % size]! + truth[(i + size - 1) % size]!) / 3;
    }),
  'mixed with others': (rng) => {
    const noise = normals(rng);
    return everyEntry((i, { truth, layout: { size } }) => {
      return truth[i]! + 0.3 * noise[i]! * truth[(3 * i + 1) % size]!;
    });
  },
  'another gradient': (rng) => everyEntry(() => rng.normal()),
  'rounded to two digits': () => everyEntry((i, { truth }) => Number(truth[i]!.toPrecision(2))),
  'a few entries off': (rng) => {
    const size = 10 ** (1 - 5 * rng.uniform());
    const errors = Array.from({ length: 1 + rng.integer(5) }, () => [rng.uniform(), rng.normal()]);
    return (got) => {
      for (const [at, e] of errors) got[Math.floor(at! * got.length)]! += size * e!;
    };
  },
  'a few entries scaled': (rng) => {
    const errors = Array.from({ length: 1 + rng.integer(5) }, () => [rng.uniform(), rng.normal()]);
    return (got) => {
      for (const [at, e] of errors) got[Math.floor(at! * got.length)]! *= e!;
    };
  },
};

const normals = (rng: Random): readonly number[] => Array.from({ length: 600 }, () => rng.normal());
