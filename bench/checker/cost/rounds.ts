import { type Summary, summarise } from '../../timing/statistics.ts';

/** Something to time. */
export interface Row {
  readonly name: string;
  /** Resolves to a number of its result, so that nothing of it can be optimised away. */
  readonly run: () => number | Promise<number>;
}

export interface Rounds {
  readonly rounds: number;
  /** The first of them, which warm up and are left out, but for a row that had no others; 1 unless said. */
  readonly warmUp?: number;
  /** What a row may take in all: one that has taken more sits the later rounds out. */
  readonly seconds: number;
  /** Seconds since some fixed moment; a test gives one that only pretends. */
  readonly now?: () => number;
}

/** Shorter runs are repeated within a round until they take so long together. */
const LEAST_SECONDS = 0.002;

/**
 * Seconds a run of each row, by name: every round runs every row once, so that drift of the machine
 * falls on all alike.
 */
export async function timeRounds(
  rows: readonly Row[],
  { rounds, warmUp = 1, seconds, now = () => performance.now() / 1000 }: Rounds,
): Promise<ReadonlyMap<string, Summary>> {
  const times = rows.map((): number[] => []);
  const spent = rows.map(() => 0);
  let sink = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [i, row] of rows.entries()) {
      if (spent[i]! > seconds) continue;
      const start = now();
      let runs = 0;
      let taken = 0;
      do {
        const result = row.run();
        // Awaiting a number would time the queue of promises.
        sink += typeof result === 'number' ? result : await result;
        runs++;
        taken = now() - start;
      } while (taken < LEAST_SECONDS);
      times[i]!.push(taken / runs);
      spent[i]! += taken;
    }
  }
  if (Number.isNaN(sink)) throw new Error('timeRounds: a row resolved to NaN');
  return new Map(
    rows.map(({ name }, i) => {
      const all = times[i]!;
      return [name, summarise(all.length > warmUp ? all.slice(warmUp) : all.slice(-1))];
    }),
  );
}
