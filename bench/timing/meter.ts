import Benchmark from 'benchmark';
import { median } from './statistics.ts';

/** The ways to measure a step, in seconds; a test gives one that only pretends. */
export interface Meter {
  /** Seconds since some fixed moment. */
  now(): number;
  /** One call. */
  once(step: () => number): number;
  /** The median of a short run of many calls. */
  shortRun(name: string, step: () => number): number;
}

/** What steps return is added up here, in sight of other modules, so no step is dead code. */
export const sink: { total: number } = { total: 0 };

const callsASample = new WeakMap<() => number, number>();

const now = (): number => performance.now() / 1000;

/** Benchmark.js for short runs, the monotonic clock for single calls. */
export const meter: Meter = {
  now,
  once: (step) => {
    const start = now();
    sink.total += step();
    return now() - start;
  },
  shortRun: (name, step) => {
    const fn = (): void => {
      sink.total += step();
    };
    // Its own defaults take 5 s a row. Three samples of 10 ms each are short enough to interleave.
    // Where a step ran before, its calls a sample are known: finding them again took twice as long.
    const initCount = callsASample.get(step) ?? 1;
    const options = { minTime: 0.01, maxTime: 0.03, minSamples: 3, initCount };
    const run = new Benchmark(name, fn, options).run({ async: false }) as Finished;
    // Benchmark.js keeps what a step throws instead of throwing it.
    if (run.error) throw new Error(`benchmark row "${name}" failed`, { cause: run.error });
    callsASample.set(step, run.count);
    return median(run.stats.sample);
  },
};

/** What the type declarations leave out. */
type Finished = Benchmark & { readonly error?: unknown };
