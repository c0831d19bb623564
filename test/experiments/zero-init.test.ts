import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Along } from '../../src/experiments/alongside.ts';
import { isInside } from '../../src/experiments/stated-figure.ts';
import { balanced, classBalance, gradientAtZero } from '../../src/experiments/zero-init/balance.ts';
import {
  type BalancedFigures,
  trainBalanced,
} from '../../src/experiments/zero-init/balanced-runs.ts';
import { after, type StartOutcome, startOutcome } from '../../src/experiments/zero-init/outcome.ts';
import { headline, see } from '../../src/experiments/zero-init/see.ts';
import { TRAININGS } from '../../src/experiments/zero-init/starts.ts';
import { startOf, statedFigures } from '../../src/experiments/zero-init/stated.ts';
import {
  type StartRuns,
  trainStarts,
  twinsByTape,
} from '../../src/experiments/zero-init/train-starts.ts';
import { twinCount, unitsDiffer } from '../../src/experiments/zero-init/twins.ts';
import type { Batch } from '../../src/model/batch.ts';
import { mlp } from '../../src/model/model.ts';
import { zeroParams } from '../../src/params/params.ts';
import { moonsSplit } from '../../src/training/moons-split.ts';
import { testContext } from './context.ts';

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
});

describe('training', () => {
  test('from zeros hidden units stay identical to the last bit, by hand and by the tape; from random starts they never are', async () => {
    const starts = await trainStarts(testContext({ seeds: [1] }), () => {}, {
      own: 210,
      seeds: 205,
    });
    for (const { start, own, seeds } of starts) {
      expect(own.twins.states).toBe(2 * 210 + 1);
      if (start === 'zeros') {
        expect([own.twins.differing, seeds[0]!.twins.differing]).toEqual([0, 0]);
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
    const tape = await twinsByTape(0, 210);
    expect(tape.map(({ differing }) => differing)).toEqual([0, 0]);
  });
});

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

  test('with equal classes it is expected to stay instead', () => {
    const balance = { zeros: 320, ones: 320 };
    const stays = outside(runs({ balance }, 0.5), { ...even, gradient: { all: 0, even: 0 } });
    expect(stays).toEqual(['zeros, rate 5: dev score after 1,000 epochs']);
  });

  test('a gradient that does not cancel, or a comparison that disagrees, lies outside', () => {
    const gradient = { ...even.gradient, even: 1e-9 };
    expect(outside(runs(), { ...even, gradient })).toHaveLength(1);
    const wrong: Along = { compared: 2, verdicts: new Map([['disagrees', 2]]), worst: 3 };
    const disagreeing = even.runs.map((run) => ({ ...run, along: wrong }));
    expect(outside(runs(), { ...even, runs: disagreeing })).toHaveLength(2);
  });

  test('the text says whether rounding moved the balanced network', () => {
    const last = (atLast: number): string =>
      see(runs(), [], { ...even, runs: [even.runs[0]!, { ...even.runs[1]!, atLast }] }).at(-1)!;
    expect(last(-0.4)).toContain('The start is a saddle');
    expect(last(1e-15)).not.toContain('The start is a saddle');
    expect(headline(runs())[1]).toBe('hidden units identical bit for bit in 20 of 20 states');
  });
});
