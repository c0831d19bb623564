import type { Summary } from './statistics.ts';

/** Something to time: one line of a benchmark. */
export interface TimedRow {
  readonly name: string;
  /** One step of work; returns the loss, so that nothing of it can be optimised away. */
  readonly step: () => number;
  /** Starts over, before each round: every row then times the same stretch of training. */
  readonly reset?: () => void;
}

/** How a row was measured. */
export type Engine =
  /** A short Benchmark.js run a round: the median of its samples. */
  | 'benchmark.js'
  /** One call a round, or in few of the rounds: a step takes longer than a short run. */
  | 'single calls';

export interface RowTiming {
  readonly name: string;
  readonly engine: Engine;
  /** Rounds that the row took part in. */
  readonly rounds: number;
  /** Seconds a step, over those rounds. */
  readonly seconds: Summary;
  /** Time ÷ the reference row's time in the same round, over those rounds. */
  readonly ratio: Summary;
}
