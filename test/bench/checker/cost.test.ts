import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../bench/checker/cost/chain.ts';
import { type Bars, held, holdBars } from '../../../bench/checker/cost/error-bars.ts';
import { type Growth, measureGrowth } from '../../../bench/checker/cost/growth.ts';
import { growthBlocks, growthSentence } from '../../../bench/checker/cost/growth-blocks.ts';
import {
  barSentence,
  networkBlocks,
  networkSentence,
} from '../../../bench/checker/cost/network-blocks.ts';
import type { NetworkCost } from '../../../bench/checker/cost/networks.ts';
import { timeRounds } from '../../../bench/checker/cost/rounds.ts';
import { logChart } from '../../../bench/checker/log-chart.ts';
import { checkGradient } from '../../../src/check/gradient/check-gradient.ts';
import { renderChart } from '../../../src/report/chart.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import type { Block } from '../../../src/report/report.ts';
import { workloads } from '../../../src/training/workloads.ts';

describe('chainOf', () => {
  test('has the gradient that it says, for one entry and more', () => {
    for (const size of [1, 2, 13]) {
      const chain = { name: 'chain', ...chainOf(size, 5) };
      expect(checkGradient(chain).verdict, `size ${size}`).toBe('agrees');
      const wrong = (x: Float64Array): Float64Array =>
        chain.gradient(x).map((g, i) => (i === 0 ? g + 1e-4 : g));
      expect(checkGradient({ ...chain, gradient: wrong }).verdict).toBe('disagrees');
    }
  });
});

describe('timeRounds', () => {
  /** A row whose runs take these seconds, one after another, on a clock that only pretends. */
  function pretend() {
    let time = 0;
    const row = (name: string, ...takes: number[]) => ({
      name,
      run: () => {
        time += takes.length > 1 ? takes.shift()! : takes[0]!;
        return 1;
      },
    });
    return { row, now: () => time };
  }

  test('leaves the warm-up out and takes the median of the rest', async () => {
    const { row, now } = pretend();
    const rows = [row('a', 9, 1, 2, 4), row('b', 5)];
    const times = await timeRounds(rows, { rounds: 4, seconds: 100, now });
    expect(times.get('a')).toMatchObject({ median: 2, low: 1.5, high: 3 });
    expect(times.get('b')).toMatchObject({ median: 5 });
  });

  test('lets a slow row sit out, and keeps what it has', async () => {
    const { row, now } = pretend();
    const rows = [row('slow', 30, 1), row('quick', 8, 2)];
    const times = await timeRounds(rows, { rounds: 4, seconds: 20, now });
    expect(times.get('slow')).toMatchObject({ median: 30 });
    expect(times.get('quick')).toMatchObject({ median: 2 });
  });

  test('repeats what is too short for the clock, and divides', async () => {
    const { row, now } = pretend();
    const times = await timeRounds([row('short', 1e-5)], { rounds: 2, seconds: 1, now });
    expect(times.get('short')!.median).toBeCloseTo(1e-5, 12);
  });
});

describe('error bars', () => {
  test('an entry outside its bar is counted, and NaN is', () => {
    const exactly = (got: number[], bar: number[]) => held(got, [1, -4], bar, () => 0);
    expect(exactly([1, -4], [0, 0])).toMatchObject({ entries: 2, outside: 0, worst: 0 });
    expect(exactly([1.5, -4], [0.5, 0.2])).toMatchObject({ outside: 0, worst: 1, widest: 0.125 });
    expect(exactly([1.5, -4], [0.25, 0])).toMatchObject({ outside: 1, worst: 2 });
    expect(exactly([Number.NaN, -4], [1, 1])).toMatchObject({ outside: 1 });
    expect(held([1.5, -4], [1, -4], [0.25, 0], () => 0.25)).toMatchObject({ outside: 0 });
  });

  test('hold on W1 against the tape and the exact gradient', async () => {
    const whole = workloads.W1();
    const { data, cols } = whole.batch.inputs;
    const { targets } = whole.batch;
    const batch = {
      inputs: { rows: 3, cols, data: data.subarray(0, 3 * cols) },
      targets: { ...targets, rows: 3, data: targets.data.subarray(0, 3) },
    };
    for (const reference of ['tape', 'exact'] as const) {
      const bars = await holdBars({ ...whole, batch }, reference, 0);
      expect(bars).toMatchObject({ entries: 21, outside: 0, rows: 3 });
      expect(bars.widest).toBeLessThan(1e-8);
    }
  });
});

describe('measureGrowth', () => {
  test('counts the calls of each mode, and leaves out what takes too long', async () => {
    const effort = { sizes: [], rounds: 1, mostFull: 4 };
    const few = await measureGrowth(4, effort, 0);
    expect(few).toMatchObject({ agrees: true, named: true, torch: { calls: 8 } });
    expect(few.full!.calls).toBeGreaterThan(8);
    expect(few.full!.gradients).toBeGreaterThan(0);
    expect(few.wrong.calls).toBeGreaterThan(few.fast.calls);
    const more = await measureGrowth(40, effort, 0);
    expect(more).toMatchObject({ agrees: true, named: true, full: null, torch: { calls: 80 } });
    const many = await measureGrowth(41, effort, 0);
    expect(many).toMatchObject({ agrees: true, named: true, full: null, torch: null });
  });
});

const seconds = (median: number) => ({ median, low: median, high: 2 * median, mad: 0 });

describe('blocks', () => {
  const growth = (size: number, calls: number): Growth => ({
    size,
    plain: seconds(1e-6),
    full: size < 100 ? { calls: 20 * size, gradients: 8, seconds: seconds(1) } : null,
    fast: { calls, gradients: 8, seconds: seconds(1e-3) },
    wrong: { calls: 5 * calls, gradients: 9, seconds: seconds(5e-3) },
    torch: null,
    agrees: true,
    named: true,
  });
  const w5: NetworkCost = {
    ...{ workload: 'W5', rows: 32, limit: 0.15, entries: 12545, evaluations: 7 },
    ...{ agrees: true, seconds: seconds(0.1) },
    first: { wall: seconds(0.3), cpu: seconds(0.4) },
  };
  const bars: Bars = {
    ...{ reference: 'exact', workload: 'W5', rows: 1, entries: 12545 },
    ...{ outside: 2, worst: 1.5, widest: 1e-11 },
  };
  const cost = {
    workload: 'W5',
    rows: 32,
    entries: 12545,
    calls: 25092,
    seconds: [2],
    load: 0.5,
  } as const;
  const tool = { version: '9', python: '3' };
  const recorded = { torch: tool, jax: tool, cpu: 'a CPU', cores: 2, trials: [], costs: [cost] };
  const page = (blocks: Block[]): string =>
    renderMarkdown({ title: 'cost', quick: true, header: [], blocks });

  test('say whether a limit is kept, and how much longer gradcheck takes', () => {
    expect(page(networkBlocks([w5], [bars], recorded, []))).toMatch(
      /W5, 32 rows \| 12,545 \| 7 \| 150 ms \| 100 ms .* met \| 300 ms .* missed \| 400 ms .* agrees \| 25,092 \| 2.00 s \| – not run \| 20.0×/,
    );
    const late = { ...w5, seconds: seconds(0.16) };
    expect(page(networkBlocks([late], [bars], recorded, [cost]))).toMatch(
      /missed .* 2.00 s \| 2.00 s/,
    );
    expect(networkSentence(w5)).toMatch(
      /100 ms warm, limit 150 ms: kept; first call of a process 300 ms/,
    );
    expect(networkSentence(late)).toMatch(/160 ms warm, limit 150 ms: missed/);
  });

  test('say so where a right gradient does not agree, or the entry is not named', () => {
    const doubted = { ...w5, agrees: false };
    expect(page(networkBlocks([doubted], [bars], recorded, []))).toContain('✗ does not agree');
    expect(networkSentence(doubted)).toMatch(/; its right gradient is not found to agree$/);
    const growths = [growth(10, 120), { ...growth(1000, 130), agrees: false, named: false }];
    expect(page(growthBlocks(growths))).toContain('✗ not named | ✗ does not agree');
    expect(growthSentence(growths)).toMatch(
      /; the right gradient does not agree at 1,000 entries; the entry is not named at 1,000$/,
    );
  });

  test('give the runs and the load of the recorded times', () => {
    const more = { ...recorded, costs: [{ ...cost, seconds: [2, 3] }] };
    expect(page(networkBlocks([w5], [bars], more, []))).toContain(
      'torch 9 on a CPU with 2 cores, W5 in 2 runs (2.00 s to 3.00 s, at a load of 0.5 before)',
    );
  });

  test('count the entries outside their bars', () => {
    expect(page(networkBlocks([w5], [bars], recorded, []))).toContain(
      '| W5, 1 row | exact | 12,545 | 2 | ✗ do not hold | 1.50 |',
    );
    expect(barSentence([bars, bars])).toBe('error bars: 4 of 25,090 entries lie outside theirs');
  });

  test('show the calls by size', () => {
    const growths = [growth(10, 120), growth(1000, 130)];
    expect(page(growthBlocks(growths))).toMatch(
      /\| 1,000 \| 1.00 µs .* – not run \| – \| – \| 130 \| 8 \|/,
    );
    expect(growthSentence(growths)).toBe(
      'fast mode takes 120 to 130 calls of f from 10 to 1,000 entries, and 600 to 650 to name one wrong entry',
    );
  });
});

test('logChart draws every series in every panel', async () => {
  const rows = ['a', 'b'].flatMap((series) => [1e-8, 1].map((x) => ({ series, x, y: 50 })));
  const chart = { title: 't', subtitle: 's', xAxis: 'x', yAxis: 'y', legend: 'l' };
  for (const yScale of ['per cent', 'log'] as const) {
    const { light } = await renderChart(
      logChart({
        ...chart,
        yScale,
        panels: [
          { title: 'one', rows },
          { title: 'two', rows },
        ],
      }),
    );
    expect(light.match(/aria-roledescription="line mark"/g)).toHaveLength(4);
    expect(light).toContain('1e-8');
  }
});
