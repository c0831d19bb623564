import { random } from '../../src/numeric/random.ts';
import { type Meter, meter as realMeter } from './meter.ts';
import { roundRatios, summarise } from './statistics.ts';
import type { Engine, RowTiming, TimedRow } from './timed-row.ts';

export interface TimingOptions {
  /** Name of the row that ratios are taken to. */
  readonly reference: string;
  /** What the whole group may take: no round starts later, but for the least there are. */
  readonly seconds: number;
  /** Seed of the order of the rows. */
  readonly seed: number;
  /** Rounds that are made whatever they take; 3 unless said, so that a median means something. */
  readonly leastRounds?: number;
  /** Told the share of the budget that is spent. */
  readonly onProgress?: (share: number) => void;
  readonly meter?: Meter;
}

/** Beyond this a step is timed call by call: a short run would take four of them and more. */
const SLOW_STEP_SECONDS = 0.03;
const LEAST_ROUNDS = 3;
const WARM_UP_CALLS = 3;
/** No compiler makes a call so many times faster. */
const HOPELESS = 10;

/**
 * Times rows in rounds: each round runs every row once, shortly, in a freshly shuffled order, so
 * that drift of the machine falls on all alike. A slow row joins while its calls so far have taken
 * no more than its equal share of the time so far. Results in the order of the rows.
 */
export function timeInterleaved(rows: readonly TimedRow[], options: TimingOptions): RowTiming[] {
  const { meter = realMeter, seconds, seed, leastRounds = LEAST_ROUNDS } = options;
  const referenceIndex = rows.findIndex((row) => row.name === options.reference);
  if (referenceIndex < 0) {
    const names = rows.map((row) => row.name).join(', ');
    throw new RangeError(`reference row "${options.reference}": there are ${names}`);
  }
  const start = meter.now();
  const engines = rows.map((row): Engine => engineOf(row, meter));
  const order = rows.map((_, i) => i);
  const generator = random(seed);
  // times[row][round]; NaN where the row sat the round out.
  const times: number[][] = rows.map(() => []);
  const spent = rows.map(() => 0);

  const elapsed = (): number => meter.now() - start;
  for (let round = 0; round < leastRounds || elapsed() < seconds; round++) {
    for (const i of generator.shuffleInPlace(order)) {
      const row = rows[i]!;
      const isSlow = engines[i] === 'single calls';
      const joins = !isSlow || i === referenceIndex || spent[i]! <= elapsed() / rows.length;
      if (!joins) {
        times[i]!.push(Number.NaN);
        continue;
      }
      row.reset?.();
      const before = meter.now();
      times[i]!.push(isSlow ? meter.once(row.step) : meter.shortRun(row.name, row.step));
      spent[i]! += meter.now() - before;
    }
    options.onProgress?.(Math.min(1, elapsed() / seconds));
  }

  return rows.map(({ name }, i) => {
    const taken = times[i]!.filter((time) => !Number.isNaN(time));
    return {
      name,
      engine: engines[i]!,
      rounds: taken.length,
      seconds: summarise(taken),
      ratio: summarise(roundRatios(times[i]!, times[referenceIndex]!)),
    };
  });
}

/** By the fastest of a few calls, since the first ones compile. */
function engineOf(row: TimedRow, meter: Meter): Engine {
  row.reset?.();
  for (let call = 0; call < WARM_UP_CALLS; call++) {
    const seconds = meter.once(row.step);
    if (seconds <= SLOW_STEP_SECONDS) return 'benchmark.js';
    if (seconds > HOPELESS * SLOW_STEP_SECONDS) break;
  }
  return 'single calls';
}
