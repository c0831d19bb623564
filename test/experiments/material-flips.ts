import type { Judgement } from '../../src/experiments/material/claim.ts';
import type { MutableFacts } from './planted-facts.ts';

export type Kind = Judgement['kind'];

/** A verdict, and a change to the facts that must bring it about. */
export type Flip = readonly [kind: Kind, change: (facts: MutableFacts) => void];

/** Every claim: its verdict on what was measured, then on facts that are otherwise. */
export const FLIPS: Readonly<Record<string, readonly [measured: Kind, ...Flip[]]>> = {
  'by-hand-error-prone': ['holds', ['fails', (f) => silent(f, { normalAtSome: 0 })]],
  'no-need-to-derive': ['holds', ['fails', (f) => gradients(f, { disagreeing: 1 })]],
  'extra-dimensions': ['holds', ['fails', (f) => torch(f, { outputs: '[12, 5]' })]],
  'weight-shape': ['fails', ['holds', (f) => torch(f, { weight: [2, 5] })]],
  'bias-attr': [
    'holds-if',
    ['holds', (f) => torch(f, { biasAttr: 'None' })],
    ['fails', (f) => torch(f, { biasFalse: false })],
  ],
  'set-state-dict': ['fails', ['holds', (f) => torch(f, { setStateDict: 'None' })]],
  'loss-026': ['holds', ['fails', (f) => twoLayer(f, 'loss', [0.27, 0.28])]],
  'accuracy-09': ['holds', ['fails', (f) => twoLayer(f, 'bestDev', [0.91, 0.95])]],
  'loss-keeps-falling': ['holds', ['fails', (f) => twoLayer(f, 'lossRises', [0, 1])]],
  'accuracies-rise': [
    'holds-if',
    ['holds', (f) => twoLayer(f, 'scoreFalls', [0, 0])],
    ['fails', (f) => twoLayer(f, 'lastDev', [0.9, 0.4])],
  ],
  'last-will-do': [
    'holds-if',
    ['holds', (f) => eachSetting(f, (o) => ({ testBest: o.testLast }))],
    ['fails', (f) => eachSetting(f, () => ({ testBest: 1, testLast: 0.5 }))],
  ],
  'test-high': [
    'holds-if',
    ['holds', (f) => twoLayer(f, 'testOfLast', [0.99, 1])],
    ['fails', (f) => twoLayer(f, 'testOfLast', [0.5, 0.6])],
  ],
  'deep-and-fast': [
    'holds-if',
    ['holds', (f) => eachSetting(f, () => ({ testLast: 1, testLossLast: 0.001 }))],
    ['fails', (f) => eachSetting(f, () => ({ testLast: 0.9 }))],
  ],
  'layer-earns-it': [
    'fails',
    ['holds', (f) => eachSetting(f, () => ({ testLast: 1 }))],
    [
      'holds-if',
      (f) => {
        for (const seed of f.figures['three-layer'].settings[2]!.seeds) seed.testLast = 0.9;
        for (const seed of f.figures['three-layer'].settings[3]!.seeds) seed.testLast = 1;
      },
    ],
  ],
  'same-activations': ['holds', ['fails', (f) => zeroStarts(f, (o) => twins(o, 1))]],
  'same-updates': [
    'holds-if',
    ['holds', (f) => torch(f, { zeros: { units: 5, rows: 1, values: 1 } })],
    ['fails', (f) => torch(f, { zeros: { units: 5, rows: 2, values: 4 } })],
  ],
  'symmetric-weights': [
    'holds',
    [
      'fails',
      (f) => {
        f.figures['zero-init'].twinsByTape[1]!.differing = 1;
      },
    ],
  ],
  'half-right': [
    'holds-if',
    ['holds', (f) => zeroStarts(f, (o) => scores(o, 0.5))],
    ['fails', (f) => zeroStarts(f, (o) => scores(o, 0.9))],
  ],
  'learnt-nothing': [
    'fails',
    [
      'holds',
      (f) => {
        zeroStarts(f, (o) => scores(o, 0.5));
        randomStarts(f, (o) => scores(o, 0.8));
      },
    ],
    ['holds-if', (f) => zeroStarts(f, (o) => scores(o, 0.5))],
  ],
  'loss-hardly-falls': [
    'holds-if',
    ['holds', (f) => zeroStarts(f, (o) => losses(o, 0.69))],
    [
      'fails',
      (f) =>
        zeroStarts(f, (o) => {
          o.trainLoss = 0.5;
        }),
    ],
  ],
  'random-remedy': ['holds', ['fails', (f) => randomStarts(f, (o) => twins(o, 0))]],
  'deeper-fits-better': [
    'holds-if',
    ['holds', (f) => trainLosses(f, [0.3, 0.2, 0.3, 0.2])],
    ['fails', (f) => trainLosses(f, [0.2, 0.3, 0.2, 0.3])],
  ],
  'deeper-is-harder': ['holds', ['fails', (f) => trainLosses(f, [0.3, 0.2, 0.3, 0.2])]],
  'sigmoid-is-why': [
    'holds-if',
    [
      'holds',
      (f) => {
        vanishing(f).small.sigmoid.decades.slopes = -9;
      },
    ],
    [
      'fails',
      (f) => {
        vanishing(f).default.sigmoid.decades.weights = -9;
      },
    ],
  ],
  'relu-remedy': [
    'holds-if',
    [
      'holds',
      (f) => {
        vanishing(f).small.relu.decades.all = -1;
      },
    ],
    [
      'fails',
      (f) => {
        vanishing(f).default.relu.decades.all = -2;
      },
    ],
  ],
  'shrinks-at-each-layer': [
    'holds',
    [
      'holds-if',
      (f) => {
        vanishing(f).default.sigmoid.median[1] = 1;
      },
    ],
    [
      'fails',
      (f) => {
        vanishing(f).small.sigmoid.median[1] = 1;
      },
    ],
  ],
  'nothing-left': [
    'holds-if',
    [
      'holds',
      (f) => {
        vanishing(f).default.sigmoid.median[0] = 1e-12;
      },
    ],
    [
      'fails',
      (f) => {
        vanishing(f).small.sigmoid.median[0] = 1e-3;
      },
    ],
  ],
  'relu-eases': [
    'holds',
    [
      'fails',
      (f) => {
        vanishing(f).unit.relu.median[0] = 1e-9;
      },
    ],
  ],
  'every-layer-has-gradient': [
    'holds-if',
    [
      'holds',
      (f) => {
        vanishing(f).default.relu.seedsWithZero = 0;
      },
    ],
    [
      'fails',
      (f) => {
        for (const { relu } of Object.values(vanishing(f))) relu.seedsWithZero = 1;
      },
    ],
  ],
  'relu-may-die': [
    'holds',
    [
      'fails',
      (f) => {
        dying(f).deadAtDefault.seedsWithOne = 0;
      },
    ],
  ],
  'zero-below-zero': [
    'holds',
    [
      'fails',
      (f) => {
        dying(f).cases.relu.own[4] = 1e-300;
      },
    ],
  ],
  'dead-for-ever': [
    'holds-if',
    [
      'holds',
      (f) => {
        for (const layer of dying(f).revivals.layers) layer.woken = 0;
      },
    ],
    [
      'fails',
      (f) => {
        dying(f).revivals.layers[0]!.woken = 1;
      },
    ],
  ],
  'leaky-remedy': [
    'holds-if',
    ['holds', (f) => move(f, 'leaky-0.01', 1e-3)],
    [
      'fails',
      (f) => {
        dying(f).cases['default-leaky-0.01'].seedsWithZero = 1;
      },
    ],
  ],
  'elu-remedy': [
    'holds-if',
    ['holds', (f) => move(f, 'elu', 1e-3)],
    [
      'fails',
      (f) => {
        dying(f).cases['default-elu'].seedsWithZero = 1;
      },
    ],
  ],
  'negative-bias-kills': [
    'holds',
    [
      'fails',
      (f) => {
        dying(f).cases.relu.seedsWithZero = 1;
      },
    ],
  ],
  'leaky-improves': [
    'holds',
    [
      'fails',
      (f) => {
        dying(f).cases['leaky-0.01'].median[2] = 0;
      },
    ],
  ],
  'gradients-normal': [
    'fails',
    [
      'holds',
      (f) => {
        dying(f).leakyBelowDefault = 0.5;
      },
    ],
  ],
  'updates-normal': ['fails', ['holds', (f) => move(f, 'leaky-0.01', 1e-3)]],
  'leaky-shrinks': [
    'holds',
    [
      'fails',
      (f) => {
        dying(f).cases['leaky-0.01'].median[0] = 1;
      },
    ],
  ],
  'larger-slope': [
    'holds-if',
    [
      'holds',
      (f) => {
        dying(f).cases['slope-1'].median[0] = 0.01;
      },
    ],
    [
      'fails',
      (f) => {
        dying(f).cases['leaky-0.3'].median[0] = 0;
      },
    ],
  ],
  'by-hand-fastest': [
    'holds-if',
    ['holds', (f) => ratios(f, { 'manual-textbook': 1 })],
    ['fails', (f) => ratios(f, { 'tape-fused': 0.9 })],
  ],
  'derivatives-recorded': ['fails', ['holds', (f) => graph(f, { callsRecording: 46 })]],
  'walk-and-chain-rule': ['holds', ['fails', (f) => graph(f, { callsBackward: 0 })]],
  'tracing-wastes-time': [
    'holds-if',
    ['holds', (f) => ratios(f, { 'tape-fused': 3 })],
    [
      'fails',
      (f) => {
        question(f).speed!.batches[0]!.tape = 1.1;
      },
    ],
  ],
  'automatic-was-faster': [
    'holds-if',
    ['holds', (f) => ratios(f, { 'tape-fused': 0.9 })],
    ['fails', (f) => ratios(f, { 'manual-textbook': 1 })],
  ],
  'graph-adjusts-itself': ['fails', ['holds', (f) => graph(f, { differing: 1 })]],
  'results-differ': [
    'fails',
    ['holds', (f) => gradients(f, { disagreeing: 1 })],
    [
      'holds-if',
      (f) => {
        question(f).homework.engines = 'do not agree';
      },
    ],
  ],
  'graph-and-optimiser': ['fails', ['holds', (f) => graph(f, { differing: 1 })]],
};

type Figures = MutableFacts['figures'];
type Outcome = Figures['three-layer']['settings'][number]['own'];
type Start = Figures['zero-init']['starts'][number]['own'];

const silent = (f: MutableFacts, change: Partial<Figures['silent-mistakes']>): void =>
  void Object.assign(f.figures['silent-mistakes'], change);
export const question = (f: MutableFacts): Figures['custom-or-automatic'] =>
  f.figures['custom-or-automatic'];
const gradients = (
  f: MutableFacts,
  change: Partial<Figures['custom-or-automatic']['gradients']>,
): void => void Object.assign(question(f).gradients, change);
const graph = (f: MutableFacts, change: Partial<Figures['custom-or-automatic']['graph']>): void =>
  void Object.assign(question(f).graph, change);
const ratios = (f: MutableFacts, change: Readonly<Record<string, number>>): void =>
  void Object.assign(question(f).speed!.workloads[0]!.ratios, change);
const torch = (f: MutableFacts, change: Partial<MutableFacts['torch']>): void =>
  void Object.assign(f.torch, change);
export const twoLayer = (
  f: MutableFacts,
  figure: keyof Figures['two-layer'],
  seeds: [number, number],
): void => {
  f.figures['two-layer'][figure].seeds = seeds;
};
const eachSetting = (f: MutableFacts, change: (of: Outcome) => Partial<Outcome>): void => {
  for (const { seeds } of f.figures['three-layer'].settings) {
    for (const outcome of seeds) Object.assign(outcome, change(outcome));
  }
};
const trainLosses = (f: MutableFacts, bySetting: readonly number[]): void => {
  f.figures['three-layer'].settings.forEach(({ seeds }, i) => {
    for (const outcome of seeds) outcome.trainLoss = bySetting[i]!;
  });
};
const starts = (f: MutableFacts, which: RegExp, change: (of: Start) => void): void => {
  for (const { start, seeds } of f.figures['zero-init'].starts) {
    if (which.test(start)) seeds.forEach(change);
  }
};
const zeroStarts = (f: MutableFacts, change: (of: Start) => void): void =>
  starts(f, /^zeros$/, change);
const randomStarts = (f: MutableFacts, change: (of: Start) => void): void =>
  starts(f, /^(N|U|PyTorch)/, change);
const twins = ({ twins: of }: Start, differing: number): void => {
  of.differing = differing;
};
const scores = ({ dev }: Start, score: number): void => {
  for (const checkpoint of dev) checkpoint.score = score;
};
const losses = ({ dev }: Start, loss: number): void => {
  for (const checkpoint of dev) checkpoint.loss = loss;
};
const vanishing = (f: MutableFacts): Figures['vanishing-gradients']['cases'] =>
  f.figures['vanishing-gradients'].cases;
const dying = (f: MutableFacts): Figures['dying-relu'] => f.figures['dying-relu'];
const move = (f: MutableFacts, name: 'elu' | 'leaky-0.01', by: number): void => {
  dying(f).cases[name].training!.moves[0] = by;
};
