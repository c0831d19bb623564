import type {
  ChangeFigures,
  CustomOrAutomaticFigures,
} from '../../src/experiments/custom-or-automatic/figures.ts';
import type { SpeedRow, WorkloadSpeed } from '../../src/experiments/custom-or-automatic/speed.ts';
import type { DyingCaseName } from '../../src/experiments/dying-relu/cases.ts';
import type {
  DyingCaseFigures,
  DyingFigures,
  DyingTraining,
} from '../../src/experiments/dying-relu/figures.ts';
import type { SampleFigures } from '../../src/experiments/init-distributions/samples.ts';
import type { TorchFacts } from '../../src/experiments/material/torch-facts.ts';
import type { AllFigures } from '../../src/experiments/results.ts';
import type { SilentFigures } from '../../src/experiments/silent-mistakes/figures.ts';
import type { Outcome, Setting } from '../../src/experiments/three-layer/settings.ts';
import type { ThreeLayerFigures } from '../../src/experiments/three-layer.ts';
import type { TwoLayerFigures } from '../../src/experiments/two-layer/figures.ts';
import type {
  VanishingCase,
  VanishingFigures,
} from '../../src/experiments/vanishing-gradients/figures.ts';
import type { StartOutcome } from '../../src/experiments/zero-init/outcome.ts';
import { type StartName, TRAININGS } from '../../src/experiments/zero-init/starts.ts';
import type { ZeroInitFigures } from '../../src/experiments/zero-init.ts';

// Figures as a run gave them, rounded, of two seeds where there are twenty: for tests to change.

const two = (own: number, other: number): { own: number; seeds: number[] } => ({
  own,
  seeds: [own, other],
});

const twoLayer: TwoLayerFigures = {
  loss: two(0.245, 0.282),
  lossRises: two(0, 0),
  firstScore: two(0.486, 0.5),
  lastScore: two(0.89, 0.864),
  scoreFalls: two(25, 6),
  firstDev: two(0.519, 0.45),
  lastDev: two(0.85, 0.9),
  bestDev: two(0.856, 0.919),
  bestEpoch: two(669, 999),
  testOfBest: two(0.875, 0.85),
  testOfLast: two(0.86, 0.92),
  testLossOfBest: two(0.256, 0.298),
  testLossOfLast: two(0.252, 0.298),
};

const outcome = (score: number, loss: number, rises: number, best = score): Outcome => ({
  trainLoss: loss,
  rises,
  rebounds: rises,
  devBest: best,
  bestEpoch: 900,
  devLast: score,
  testBest: best,
  testLossBest: loss,
  testLast: score,
  testLossLast: loss,
});

const setting = (
  { network, rate }: Setting,
  ...[own, other]: readonly [Outcome, Outcome]
): ThreeLayerFigures['settings'][number] => ({ network, rate, own, seeds: [own, other] });

const threeLayer: ThreeLayerFigures = {
  settings: [
    setting({ network: '2-5-1', rate: 0.2 }, outcome(0.86, 0.25, 0), outcome(0.92, 0.2, 0)),
    setting({ network: '2-5-3-1', rate: 0.2 }, outcome(0.855, 0.38, 0), outcome(0.9, 0.3, 0)),
    setting({ network: '2-5-1', rate: 5 }, outcome(1, 0.012, 4), outcome(0.995, 0.016, 4)),
    setting({ network: '2-5-3-1', rate: 5 }, outcome(1, 0.002, 9), outcome(0.94, 0.015, 50, 0.995)),
  ],
  effects: [],
};

const DEV: { readonly [S in StartName]: readonly [slow: number[], fast: number[]] } = {
  zeros: [
    [0.48, 0.48, 0.856],
    [0.48, 0.85, 0.85],
  ],
  'N(0, 1)': [
    [0.52, 0.79, 0.86],
    [0.53, 0.86, 0.994],
  ],
  'U(−1, 1)': [
    [0.52, 0.79, 0.85],
    [0.67, 0.87, 0.994],
  ],
  'PyTorch’s default': [
    [0.52, 0.79, 0.85],
    [0.48, 0.86, 0.994],
  ],
  'one hidden unit': [[], [0.77, 0.85, 0.85]],
};

const started = (start: StartName, rate: number): StartOutcome => ({
  balance: { zeros: 311, ones: 329 },
  dev: DEV[start][rate === 5 ? 1 : 0].map((score, i) => ({
    epochs: [5, 200, 1000][i]!,
    score,
    loss: start === 'zeros' && i < 2 ? 0.69 : 0.33,
  })),
  trainLoss: start === 'zeros' ? 0.691 : 0.4,
  trainScore: 0.5,
  decides: 300,
  twins: { states: 4001, differing: ['zeros', 'one hidden unit'].includes(start) ? 0 : 4001 },
});

const zeroInit: ZeroInitFigures = {
  starts: TRAININGS.map(({ start, rate }) => ({
    start,
    rate,
    own: started(start, rate),
    seeds: [started(start, rate), started(start, rate)],
  })),
  twinsByTape: [
    { states: 4001, differing: 0 },
    { states: 4001, differing: 0 },
  ],
  balanced: { gradient: { all: 0.014, even: 1e-18 }, seeds: [0, 1e-18], runs: [] },
};

const samples: SampleFigures = {
  mean: 0,
  deviation: 1,
  beyond: [0.32, 0.05, 0.003],
  least: -3.5,
  greatest: 3.4,
  binSpread: 49,
  repeated: 0,
};

const vanishingCase = (
  median: readonly number[],
  [slopes, weights]: readonly [number, number],
  seedsWithZero = 0,
): VanishingCase => {
  const all = Math.log10(median[0]! / median[4]!);
  const decades = { slopes, weights, inputs: all - slopes - weights, all };
  return {
    own: median,
    median,
    ownDecades: decades,
    decades,
    seedsWithZero,
    weights: [1, 0.9, 0.9, 1, 0.6],
    torch: null,
  };
};

const vanishing: VanishingFigures = {
  seeds: 2,
  torch: null,
  cases: {
    small: {
      sigmoid: vanishingCase([2.4e-11, 4.9e-9, 3.3e-6, 9.6e-4, 0.294], [-2.8, -7.3]),
      relu: vanishingCase([1.6e-8, 8.9e-7, 1.2e-4, 0.0066, 0.402], [0, -7.3]),
    },
    unit: {
      sigmoid: vanishingCase([9.4e-4, 0.0027, 0.0166, 0.0723, 0.256], [-3, 0.6]),
      relu: vanishingCase([0.341, 0.856, 1.25, 1.97, 1.41], [-0.5, 0.6]),
    },
    default: {
      sigmoid: vanishingCase([8.4e-5, 1.4e-4, 0.0012, 0.0087, 0.0674], [-2.5, -1.1]),
      relu: vanishingCase([0.0026, 0.0028, 0.0025, 0.0107, 0.0291], [-0.7, -1.1], 1),
    },
  },
  changeInEpochs: 2,
  lostInLastEpoch: { sigmoid: 9.1, relu: 6.3 },
  weightsSpread: 1.7,
};

const training = (moved: number, changed: number): DyingTraining => ({
  epochs: 1000,
  moves: [moved, moved, moved, moved, 5],
  changed,
  outputBias: { grad: -0.51, last: -3 },
  loss: { first: 4.1, last: 0.7 },
  rises: 0,
  score: 0.51,
});

const dyingCase = (
  median: readonly number[],
  of: DyingTraining | null,
  seedsWithZero = 0,
): DyingCaseFigures => ({
  own: median,
  median,
  decades: { slopes: -8, weights: -7.3, inputs: 0, all: -15.3 },
  seedsWithZero,
  torch: null,
  training: of,
});

const cases: { readonly [C in DyingCaseName]: DyingCaseFigures } = {
  relu: dyingCase([0, 0, 0, 0, 0], training(0, 0), 2),
  'leaky-0.01': dyingCase([2.9e-16, 1.6e-13, 2e-9, 1.2e-5, 0.069], training(2.4e-13, 42)),
  'leaky-0.1': dyingCase([2.9e-12, 1.6e-9, 2e-6, 1.2e-3, 0.69], training(4.4e-7, 45)),
  'leaky-0.3': dyingCase([2.4e-10, 1.3e-7, 5.5e-5, 0.011, 2.07], training(1.5e-5, 45)),
  'slope-1': dyingCase([2.9e-8, 1.6e-5, 0.002, 0.122, 6.9], null),
  elu: dyingCase([3.7e-22, 7.4e-17, 2.8e-11, 5.1e-6, 0.86], training(0, 33)),
  'leaky-0.01-float32': dyingCase([2.9e-16, 1.6e-13, 2e-9, 1.2e-5, 0.069], training(0, 14)),
  'default-relu': dyingCase([0.0026, 0.0028, 0.0025, 0.0107, 0.0291], training(0, 5), 1),
  'default-leaky-0.01': dyingCase([0.0026, 0.0027, 0.0025, 0.0107, 0.0291], training(3.5e-4, 45)),
  'default-elu': dyingCase([0.013, 0.014, 0.017, 0.024, 0.041], training(5e-3, 45)),
};

const dying: DyingFigures = {
  seeds: 2,
  torch: null,
  hiddenParameters: 45,
  cases,
  deadAtDefault: { meanUnits: 3.9, seedsWithOne: 2, seedsWithLayer: 1 },
  revivals: {
    rate: 0.2,
    epochs: 400,
    layers: [
      { dead: 8, woken: 0 },
      { dead: 26, woken: 4 },
      { dead: 20, woken: 3 },
      { dead: 24, woken: 5 },
    ],
    seedsWithOne: 1,
  },
  leakyBelowDefault: 13,
};

const change: ChangeFigures = {
  medianLoss: 0.26,
  medianScore: 0.88,
  lowest: 1e-4,
  median: 1e-3,
  highest: 0.0047,
  medianOnTheWay: 0.1,
  medianParams: 1,
};

const workload = (name: string, textbook: number, tape: number): WorkloadSpeed => {
  const ratios: { readonly [R in SpeedRow]: number } = {
    'manual-fused': 1,
    'manual-textbook': textbook,
    'matrix-class': 4.8,
    'tape-fused': tape,
    'tape-textbook': 2.4,
    'replay-fused': 1,
    'replay-textbook': 2.2,
  };
  return { workload: name, steps: ratios, ratios };
};

/** What no claim reads is left out: here, and of the mistakes. */
type Read<T, K extends keyof T> = Pick<T, K>;

const question: Read<
  CustomOrAutomaticFigures,
  'gradients' | 'drift' | 'graph' | 'homework' | 'speed'
> & { readonly changes: { readonly [C in 'draw' | 'tape']: ChangeFigures } } = {
  gradients: { compared: 292, agreeing: 288, unresolved: 4, disagreeing: 0, worst: 0.0045 },
  drift: { automatic: 1e-15, reversed: 2e-15 },
  changes: { draw: change, tape: { ...change, highest: 0 } },
  graph: {
    nodes: 29,
    operations: 23,
    differing: 0,
    losses: [0.69, 0.26],
    callsRecording: 23,
    callsBackward: 28,
  },
  homework: {
    right: [-0.0084],
    automatic: [-0.0084],
    copied: [0.0146],
    rightLosses: [0.21, 0.0032],
    automaticLosses: [0.21, 0.0032],
    copiedLosses: [0.21, 0.0047],
    copiedRises: 0,
    copiedVerdict: 'disagrees',
    engines: 'agree',
  },
  speed: {
    workloads: [workload('W1', 2.08, 1.09), workload('W2', 1.9, 1.06)],
    batches: [
      { rows: 1, tape: 4.5, textbook: 1.7 },
      { rows: 640, tape: 1.06, textbook: 2.1 },
    ],
  },
};

const silent: Read<SilentFigures, 'normalAtSome' | 'fallsAtSome'> & {
  readonly mistakes: { readonly length: number };
} = { mistakes: { length: 24 }, normalAtSome: 10, fallsAtSome: 20 };

const figures: AllFigures = {
  'two-layer': twoLayer,
  'three-layer': threeLayer,
  'zero-init': zeroInit,
  'init-distributions': { gaussian: samples, uniform: samples },
  'vanishing-gradients': vanishing,
  'dying-relu': dying,
  'custom-or-automatic': question as unknown as CustomOrAutomaticFigures,
  'silent-mistakes': silent as unknown as SilentFigures,
};

const torch: TorchFacts = {
  weight: [5, 2],
  inputs: '[4, 3, 2]',
  outputs: '[4, 3, 5]',
  biasAttr: "TypeError: unexpected keyword argument 'bias_attr'",
  biasFalse: true,
  setStateDict: "AttributeError: no attribute 'set_state_dict'",
  zeros: { units: 5, rows: 1, values: 2 },
};

/** May be changed at any depth. */
type Mutable<T> =
  T extends ReadonlyMap<unknown, unknown> ? T : { -readonly [K in keyof T]: Mutable<T[K]> };

export interface MutableFacts {
  readonly figures: Mutable<AllFigures>;
  readonly torch: Mutable<TorchFacts>;
}

/** A copy of its own for each caller. */
export const plantedFacts = (): MutableFacts =>
  structuredClone({ figures, torch }) as unknown as MutableFacts; // a copy is nobody else's
