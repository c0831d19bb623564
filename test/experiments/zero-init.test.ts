import { beforeAll, describe, expect } from 'vitest';
import type { Along } from '../../src/experiments/alongside.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { trainOnce } from '../../src/experiments/train.ts';
import { balanced, classBalance, gradientAtZero } from '../../src/experiments/zero-init/balance.ts';
import {
  type BalancedFigures,
  trainBalanced,
} from '../../src/experiments/zero-init/balanced-runs.ts';
import {
  after,
  looksLikeGuessing,
  reaches,
  type StartOutcome,
  startOutcome,
} from '../../src/experiments/zero-init/outcome.ts';
import { headline, see } from '../../src/experiments/zero-init/see.ts';
import { RANDOM_STARTS, startSetup, TRAININGS } from '../../src/experiments/zero-init/starts.ts';
import { startOf, statedFigures } from '../../src/experiments/zero-init/stated.ts';
import {
  balanceTable,
  seedsTable,
  startsTable,
  weightsTable,
} from '../../src/experiments/zero-init/tables.ts';
import {
  type StartFigures,
  type StartRuns,
  trainStarts,
  zerosByTape,
} from '../../src/experiments/zero-init/train-starts.ts';
import { twinCount, unitsDiffer } from '../../src/experiments/zero-init/twins.ts';
import { methods } from '../../src/gradients/methods.ts';
import type { Batch } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { zeroParams } from '../../src/params/params.ts';
import type { Table } from '../../src/report/report.ts';
import { moonsSplit } from '../../src/training/moons-split.ts';
import { fc, test } from '../property.ts';
import { testContext } from './context.ts';
import { expectRecorded } from './expect-recorded.ts';

const { layout } = mlp([2, 5, 1]);
const [outputBias] = layout.slots.filter(({ name }) => name === 'fc2.bias').map((s) => s.offset);

describe('twins', () => {
  test.prop([fc.nat({ max: layout.size - 1 })])(
    'one bit in any parameter of a hidden unit makes a difference, the output bias makes none',
    (index) => {
      const params = zeroParams(layout);
      expect(unitsDiffer(params)).toBe(false);
      params.values[index] = Number.MIN_VALUE;
      expect(unitsDiffer(params)).toBe(index !== outputBias);
    },
  );

  test('units that are alike but not zero do not differ; 0 and −0 do', () => {
    const params = zeroParams(layout);
    params.values.set([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]);
    expect(unitsDiffer(params)).toBe(false);
    const zeros = zeroParams(layout);
    zeros.values[2] = -0;
    expect(unitsDiffer(zeros)).toBe(true);
  });

  test('the count says of how many states some differ', () => {
    const count = twinCount();
    const params = zeroParams(layout);
    count.see(params);
    params.values[0] = 1;
    count.see(params);
    expect(count.found()).toEqual({ states: 2, differing: 1 });
  });
});

describe('balance', () => {
  test.prop([fc.nat({ max: 50 })], { numRuns: 10 })(
    'the balanced set has as many points of each class, each one of the whole, in its order',
    (seed) => {
      const { train } = moonsSplit({ seed });
      const even = balanced(train);
      const { zeros, ones } = classBalance(train);
      const room = Math.min(zeros, ones);
      expect(classBalance(even)).toEqual({ zeros: room, ones: room });
      // Noise makes every point different from the others.
      const of = ({ inputs, targets }: Batch): string[] =>
        Array.from(targets.data, (label, row) => `${inputs.data[2 * row]} is ${label}`);
      const kept = new Set(of(even));
      expect(of(train).filter((point) => kept.has(point))).toEqual(of(even));
    },
  );

  test.each([0, 3, 11])(
    'seed %i: at the zero start the class difference is the whole gradient',
    async (seed) => {
      const { train } = moonsSplit({ seed });
      const { zeros, ones } = classBalance(train);
      expect(zeros).not.toBe(ones);
      const difference = Math.abs(zeros - ones) / (2 * (zeros + ones));
      expect(Math.abs((await gradientAtZero(train)) - difference)).toBeLessThan(2 ** -52);
      expect(await gradientAtZero(balanced(train))).toBeLessThan(2 ** -52);
    },
  );

  test('as many of each class: at rate 0.2 the loss is ln 2 after 100 epochs', async () => {
    const { runs } = await trainBalanced({ seed: 0, seeds: [] }, 100);
    expect(Math.abs(runs[0]!.atLast)).toBeLessThan(640 * 2 ** -52);
    expect(runs[0]!.along.worst).toBeLessThan(1);
  });
});

describe('outcome', () => {
  const split = moonsSplit({ seed: 0 });
  const { zeros, ones } = classBalance(split.train);
  const [share0, share1] = [zeros / 640, ones / 640];

  test('it decides at the first epoch whose score is no share of one class', () => {
    const trainScore = [share0, share1, share1, 0.7, share0];
    const history = { trainLoss: [], trainScore, devLoss: [], devScore: [] };
    const twins = { states: 0, differing: 0 };
    expect(startOutcome(history, split, twins).decides).toBe(3);
    const never = { ...history, trainScore: [share0, share1] };
    expect(startOutcome(never, split, twins).decides).toBe(Number.POSITIVE_INFINITY);
  });

  test('after n epochs means after n updates, and there is none after the last', () => {
    const counted = Array.from({ length: 250 }, (_, epoch) => epoch);
    const history = {
      trainLoss: counted,
      trainScore: counted,
      devLoss: counted,
      devScore: counted,
    };
    const found = startOutcome(history, split, { states: 0, differing: 0 });
    // The dev figures of epoch 4 come after its update, the fifth; train figures before it.
    expect(after(found, 5).score).toBe(4);
    expect(found.trainLoss).toBe(200);
    expect(() => after(found, 1000)).toThrow('after 1000 epochs: there is 5,200');
  });

  test('guessing is 40 to 60 %, both included; 99 % after 1,000 epochs is reached', () => {
    const dev = (score: number): StartOutcome =>
      // Nothing else of an outcome is judged.
      ({ dev: [5, 1000].map((epochs) => ({ epochs, score, loss: 0 })) }) as unknown as StartOutcome;
    const scores = [0.39, 0.4, 0.5, 0.6, 0.61];
    expect(scores.map((score) => looksLikeGuessing(dev(score), 5))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect([0.98999, 0.99].map((score) => reaches(dev(score)))).toEqual([false, true]);
  });
});

describe('training', () => {
  let starts: readonly StartRuns[];
  beforeAll(async () => {
    const lengths = { own: 210, seeds: 205 };
    starts = await trainStarts(testContext({ seed: 2 }), () => {}, lengths);
  });

  test('from zeros hidden units stay identical to the last bit, by hand and by the tape; from random starts they never are', () => {
    for (const { start, own, seeds } of starts) {
      expect(own.twins.states).toBe(2 * 210 + 1);
      if (start === 'zeros') {
        expect([own, ...seeds].map(({ twins }) => twins.differing)).toEqual([0, 0, 0]);
      } else if (start !== 'one hidden unit') {
        expect(own.twins.differing).toBe(own.twins.states);
      }
    }
    const slow = startOf(starts, 'zeros', 0.2);
    expect(slow.own.decides).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(slow.own.trainLoss - Math.LN2)).toBeLessThan(0.01);
    const [first, second] = [slow.weights.get(1)!.values, slow.weights.get(2)!.values];
    expect(first.slice(0, 15).every((value) => value === 0)).toBe(true);
    expect(second.slice(0, 15).every((value) => value !== 0)).toBe(true);
  });

  test('starts of seed 2 beside seeds 0 and 1 are those recorded', async () => {
    // The weights before the last update and after it are those of the training itself.
    for (const { start, rate, weights, history } of starts) {
      expect([...weights.keys()]).toEqual([0, 1, 2, 3, 4, 5, 200, 210]);
      expect(history.devScore).toHaveLength(210);
      if (start !== 'zeros') continue; // the others are not printed
      const { last } = await trainOnce(startSetup({ start, rate }, { seed: 2, epochs: 210 }));
      expect(weights.get(210)).toEqual(last);
    }
    await expectRecorded('zero-init', {
      starts: starts.map(({ start, rate, own, seeds }) => ({ start, rate, own, seeds })),
      balanced: await trainBalanced(testContext({ seed: 2 }), 110),
    });
  });

  test('the tape’s zero starts are trained by the tape', async () => {
    for (const { rate, twins, last } of await zerosByTape(2, 60)) {
      expect(twins).toEqual({ states: 2 * 60 + 1, differing: 0 });
      const setup = startSetup({ start: 'zeros', rate }, { seed: 2, epochs: 60 });
      const train = async (name: 'tape-textbook' | 'manual-fused'): Promise<number[]> => [
        ...(await trainOnce(setup, methods[name])).last.values,
      ];
      expect([...last.values]).toEqual(await train('tape-textbook'));
      expect([...last.values]).not.toEqual(await train('manual-fused'));
    }
  });
});

describe('tables', () => {
  test('of weights: each parameter of the zero start in its own column, at each epoch printed', () => {
    const params = zeroParams(layout);
    params.values.set([11, 12, 11, 12, 11, 12, 11, 12, 11, 12, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5]);
    const later = zeroParams(layout);
    later.values.fill(7);
    // Nothing else of a run is printed.
    const runs = {
      rate: 5,
      weights: new Map([
        [0, params],
        [2000, later],
      ]),
    } as unknown as StartRuns;
    expect(cells(weightsTable([runs]))).toEqual([
      [5, 0, 11, 12, 3, 4, 5],
      [5, 2000, 7, 7, 7, 7, 7],
    ]);
  });

  const outcome = (
    first: number,
    decides = 300,
    balance = { zeros: 319, ones: 321 },
  ): StartOutcome => ({
    balance,
    dev: [5, 200, 1000, 2000].map((epochs, i) => ({
      epochs,
      score: first + i / 10,
      loss: 0.6 - i / 10,
    })),
    trainLoss: 0.69,
    trainScore: 0.5,
    decides,
    twins: { states: 10, differing: 0 },
  });
  const figures = (rate: number, own: number, ...seeds: StartOutcome[]): StartFigures => ({
    start: 'zeros',
    rate,
    own: outcome(own),
    seeds,
  });

  test('of starts: scores and losses of the page’s own seed, after 5, 200, 1,000 and 2,000', () => {
    const [row] = cells(startsTable([figures(5, 0.5, outcome(0.1))]));
    expect(row).toEqual(['zeros', 5, 0.5, 0.6, 0.7, 0.8, 0.6, 0.5, 0.4, 0.3].map(near));
  });

  test('of seeds: lowest and highest of each, and how many guess or reach 99 %', () => {
    const [row] = cells(seedsTable([figures(0.2, 0.1, outcome(0.5), outcome(0.3), outcome(0.79))]));
    const scores = [0.3, 0.79, 0.4, 0.89, 0.5, 0.99];
    expect(row).toEqual(['zeros', 0.2, ...scores, 1, 1].map(near));
  });

  test('of balance: the most uneven seed first, each with its own epochs', () => {
    const of = (ones: number, decides: number): StartOutcome =>
      outcome(0.5, decides, { zeros: 640 - ones, ones });
    const slow = figures(0.2, 0.5, of(321, 500), of(300, 200), of(320, Number.POSITIVE_INFINITY));
    const fast = figures(5, 0.5, of(321, 15), of(300, 12), of(320, 99));
    expect(cells(balanceTable([7, 8, 9], [slow, fast]))).toEqual([
      [8, 340, 300, 40, 200, 12],
      [7, 319, 321, 2, 500, 15],
      [9, 320, 320, 0, 'never', 99],
    ]);
  });
});

const cells = ({ rows }: Table): (number | string)[][] =>
  rows.map((row) =>
    row.map((cell) => {
      if (cell.kind === 'number') return cell.value;
      if (cell.kind === 'text') return cell.text;
      return cell.kind === 'none' ? cell.why : cell.verdict;
    }),
  );

const near = (value: number | string): unknown =>
  typeof value === 'number' ? expect.closeTo(value, 12) : value;

describe('stated figures', () => {
  const along: Along = { compared: 2, verdicts: new Map([['agrees', 2]]), worst: 0.1 };

  const outcome = (made: Partial<StartOutcome>, score = 0.87): StartOutcome => ({
    balance: { zeros: 319, ones: 321 },
    dev: [
      { epochs: 5, score: 0.5, loss: 0.69 },
      { epochs: 200, score: 0.5, loss: 0.69 },
      { epochs: 1000, score, loss: 0.3 },
      { epochs: 2000, score, loss: 0.3 },
    ],
    trainLoss: 0.69,
    trainScore: 0.5,
    decides: 300,
    twins: { states: 10, differing: 0 },
    ...made,
  });

  /** As a run should come out, but for what is made of the zero starts. */
  const runs = (zeroStart: Partial<StartOutcome> = {}, zeroScore = 0.87): StartRuns[] =>
    TRAININGS.map(({ start, rate }) => {
      const own =
        start === 'zeros'
          ? outcome(zeroStart, zeroScore)
          : outcome({}, rate === 5 && start !== 'one hidden unit' ? 1 : 0.87);
      const history = { trainLoss: [], trainScore: [], devLoss: [], devScore: [] };
      return { start, rate, own, seeds: [own], history, along, weights: new Map() };
    });

  const even: BalancedFigures = {
    gradient: { all: 2 / (2 * 640), even: 0 },
    seeds: [0],
    runs: [
      { rate: 0.2, halfWay: 0, atLast: 0, along },
      { rate: 5, halfWay: 0, atLast: -0.4, along },
    ],
  };

  const outside = (starts: StartRuns[], of = even, differing = 0): string[] =>
    statedFigures(starts, [{ states: 10, differing }], of)
      .filter((figure) => !isInside(figure))
      .map(({ what }) => what);

  test('what comes out as it should lies inside', () => {
    expect(outside(runs())).toEqual([]);
  });

  test('one state with a hidden unit of its own lies outside, by hand or by the tape', () => {
    expect(outside(runs({ twins: { states: 10, differing: 1 } }))).toHaveLength(1);
    expect(outside(runs(), even, 1)).toEqual(['the same, trained by the tape alone']);
  });

  test('a zero start that reaches 99 % lies outside, and so does one that never leaves', () => {
    expect(outside(runs({}, 1)).length).toBeGreaterThanOrEqual(3);
    expect(outside(runs({}, 0.5)).length).toBeGreaterThanOrEqual(1);
  });

  test('random starts that stay at a straight line at rate 5 lie outside', () => {
    const stuck = runs().map((run) =>
      run.rate === 5 ? { ...run, own: outcome({}), seeds: [outcome({})] } : run,
    );
    expect(outside(stuck)).toEqual(
      RANDOM_STARTS.map((start) => expect.stringContaining(`${start}, rate 5: share of seeds`)),
    );
  });

  test('with equal classes it is expected to stay instead', () => {
    const balance = { zeros: 320, ones: 320 };
    const stationary = { ...even, gradient: { all: 0, even: 0 } };
    expect(outside(runs({ balance }, 0.5), stationary)).toEqual([]);
    // At rate 5 rounding may or may not move it; at 0.2 it may not.
    expect(outside(runs({ balance }, 0.87), stationary)).toEqual([
      'zero start, rate 0.2: dev score after 1,000 epochs, seeds with unequal classes',
    ]);
  });

  test('a state in one other seed alone lies outside: it is said of every seed', () => {
    const [zeros, ...others] = runs();
    const one = { ...zeros!, seeds: [outcome({ twins: { states: 10, differing: 1 } })] };
    expect(outside([one, ...others])).toHaveLength(1);
  });

  test.each<[Partial<BalancedFigures['gradient']>, number, number]>([
    [{ even: 2 ** -53 }, 0, 0],
    [{ even: 2 ** -51 }, 0, 1],
    [{ all: 2 / (2 * 640) + 2 ** -51 }, 0, 1],
    [{}, 600 * 2 ** -52, 0],
    [{}, 1000 * 2 ** -52, 1],
  ])('a gradient of %o and a loss ln 2 + %d: %i outside', (changes, halfWay, expected) => {
    const gradient = { ...even.gradient, ...changes };
    const moved = even.runs.map((run) => ({ ...run, halfWay }));
    expect(outside(runs(), { ...even, gradient, runs: moved })).toHaveLength(expected);
  });

  test('a comparison that disagrees lies outside, of one start or with balanced classes', () => {
    const wrong: Along = { compared: 2, verdicts: new Map([['disagrees', 2]]), worst: 3 };
    const disagreeing = even.runs.map((run) => ({ ...run, along: wrong }));
    expect(outside(runs(), { ...even, runs: disagreeing })).toHaveLength(2);
    const [zeros, ...others] = runs();
    expect(outside([{ ...zeros!, along: wrong }, ...others])).toHaveLength(2);
    const settles: Along = { compared: 2, verdicts: new Map([['unresolved', 2]]), worst: 0.1 };
    expect(outside([{ ...zeros!, along: settles }, ...others])).toEqual([]);
  });

  test('the text says whether rounding moved the balanced network', () => {
    const last = (atLast: number): string =>
      see(runs(), [], { ...even, runs: [even.runs[0]!, { ...even.runs[1]!, atLast }] }).at(-1)!;
    expect(last(-0.4)).toContain('The start is a saddle');
    expect(last(1e-15)).not.toContain('The start is a saddle');
    expect(headline(runs())[1]).toBe('hidden units identical bit for bit in 20 of 20 states');
  });
});
