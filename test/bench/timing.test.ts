import { describe, expect, it } from 'vitest';
import { timeInterleaved } from '../../bench/timing/interleave.ts';
import { lossAfter } from '../../bench/timing/loss-after.ts';
import { type Meter, meter, sink } from '../../bench/timing/meter.ts';
import type { TimedRow } from '../../bench/timing/timed-row.ts';

/** A clock that stands still but for the steps, each of which takes as long as it returns. */
function pretend(): { meter: Meter; log: string[] } {
  const log: string[] = [];
  let time = 0;
  const spend = (step: () => number, calls: number): number => {
    const seconds = step();
    time += seconds * calls;
    return seconds;
  };
  return {
    log,
    meter: {
      now: () => time,
      once: (step) => spend(step, 1),
      shortRun: (name, step) => {
        log.push(name);
        return spend(step, 10);
      },
    },
  };
}

const row = (name: string, seconds: number, log: string[] = []): TimedRow => ({
  name,
  step: () => {
    log.push(`step ${name}`);
    return seconds;
  },
  reset: () => log.push(`reset ${name}`),
});

describe('timing in interleaved rounds', () => {
  it('runs each fast row once a round, in orders that the seed decides', () => {
    const rows = ['a', 'b', 'c', 'd'].map((name) => row(name, 0.001));
    const run = (seed: number): string[] => {
      const { meter, log } = pretend();
      timeInterleaved(rows, { reference: 'a', seconds: 0.4, seed, meter });
      return log;
    };
    const log = run(1);
    expect(log.length % 4).toBe(0);
    for (let i = 0; i < log.length; i += 4) {
      expect([...log.slice(i, i + 4)].sort()).toEqual(['a', 'b', 'c', 'd']);
    }
    expect(log.slice(0, 4)).not.toEqual(log.slice(4, 8)); // seed 1 shuffles them apart
    expect(run(1)).toEqual(log);
    expect(run(2)).not.toEqual(log);
  });

  it('gives medians, and ratios to the reference in the order of the rows', () => {
    const { meter } = pretend();
    const rows = [row('twice', 0.002), row('once', 0.001)];
    const [twice, once] = timeInterleaved(rows, {
      reference: 'once',
      seconds: 0.2,
      seed: 0,
      meter,
    });
    expect(twice).toMatchObject({
      name: 'twice',
      engine: 'benchmark.js',
      ratio: { median: 2, mad: 0 },
    });
    expect(once).toMatchObject({
      seconds: { median: 0.001 },
      ratio: { median: 1, low: 1, high: 1 },
    });
    expect(twice!.rounds).toBe(once!.rounds);
  });

  it('keeps to its budget, and to three rounds where that is too small', () => {
    for (const [seconds, rounds] of [
      [1, 49],
      [0, 3],
    ] as const) {
      const { meter } = pretend();
      const shares: number[] = [];
      const onProgress = (share: number): unknown => shares.push(share);
      const rows = [row('a', 0.001), row('b', 0.001)];
      const [a] = timeInterleaved(rows, { reference: 'a', seconds, seed: 0, meter, onProgress });
      expect(Math.abs(a!.rounds - rounds)).toBeLessThanOrEqual(1);
      expect(meter.now()).toBeLessThanOrEqual(seconds + 0.1);
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    }
  });

  it('times a slow row call by call, in some of the rounds, and says so', () => {
    const { meter, log } = pretend();
    const rows = [row('fast', 0.001), row('slow', 0.2)];
    const [fast, slow] = timeInterleaved(rows, { reference: 'fast', seconds: 2, seed: 0, meter });
    expect(log).not.toContain('slow');
    expect(slow).toMatchObject({ engine: 'single calls', seconds: { median: 0.2 } });
    expect(slow!.ratio.median).toBeCloseTo(200, 9);
    expect(slow!.rounds).toBeGreaterThan(1);
    expect(slow!.rounds).toBeLessThan(fast!.rounds / 5);
  });

  it('does not take a row for slow because its first calls compile', () => {
    const { meter } = pretend();
    let calls = 0;
    const warming: TimedRow = { name: 'warming', step: () => (calls++ < 2 ? 0.1 : 0.001) };
    const [timing] = timeInterleaved([warming], {
      reference: 'warming',
      seconds: 0.1,
      seed: 0,
      meter,
    });
    expect(timing!.engine).toBe('benchmark.js');
  });

  it('starts each row over before each of its rounds', () => {
    const log: string[] = [];
    const { meter } = pretend();
    timeInterleaved([row('a', 0.001, log)], { reference: 'a', seconds: 0, seed: 0, meter });
    expect(log).toEqual(Array(4).fill(['reset a', 'step a']).flat()); // warm-up and three rounds
  });

  it('names the rows there are when the reference is none of them', () => {
    expect(() =>
      timeInterleaved([row('a', 1), row('b', 1)], { reference: 'c', seconds: 0, seed: 0 }),
    ).toThrow('reference row "c": there are a, b');
  });
});

describe('Benchmark.js as the meter', () => {
  it('times real work, and what steps return is kept', () => {
    const before = sink.total;
    const step = (): number => {
      let sum = 0;
      for (let i = 1; i < 2000; i++) sum += Math.sqrt(i);
      return sum;
    };
    const [timing] = timeInterleaved([{ name: 'roots', step }], {
      reference: 'roots',
      seconds: 0,
      seed: 0,
    });
    expect(timing!.engine).toBe('benchmark.js');
    expect(timing!.seconds.low).toBeGreaterThan(0);
    expect(timing!.ratio.median).toBe(1);
    expect(sink.total).toBeGreaterThan(before);
  });

  it('lets what a step throws through', () => {
    const step = (): never => {
      throw new Error('no kernel');
    };
    expect(() => meter.shortRun('broken', step)).toThrow('benchmark row "broken" failed');
  });
});

it('the loss after n steps is the one that the next step starts from', () => {
  let loss = 99;
  const halving: TimedRow = {
    name: 'halving',
    reset: () => {
      loss = 8;
    },
    step: () => {
      const before = loss;
      loss /= 2;
      return before;
    },
  };
  expect(lossAfter(halving, 0)).toBe(8);
  expect(lossAfter(halving, 3)).toBe(1);
});
