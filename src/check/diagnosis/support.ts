import type { Entries } from './entries.ts';
import type { Novelty } from './novelty.ts';

/** What speaks for a name whose prediction holds at every entry. */
export interface Support {
  /** Entries that would have shown another mistake, those that fixed the constants left out. */
  readonly telling: number;
  /** ln of the chance that they would fit a mistake of another kind. */
  readonly lnChance: number;
}

export interface Prediction {
  /** What the gradient would hold. */
  readonly value: (e: number) => number;
  /** A bound on the error of got − value. */
  readonly bar: (e: number) => number;
  /** Constants that the entries themselves fixed. */
  readonly free: number;
}

/** An entry tells if luck would fit it less than once in ten times. */
export const TELLING = 0.1;

/** A name with p free constants needs p + 3 telling entries: research page, "Diagnosis", 2. */
const SPARE = 3;

/** As many different entries, where several entries must share a constant for it to be worth a name. */
export const PLACES: number = SPARE + 1;

/** Predictions that a diagnosis goes through, at most: each has its chance to fit by luck. */
const TRIED = 200;

/** 10,000 wrong gradients of another kind, TRIED predictions each, give 1 false name in 50 such runs. */
const MAX_LN_CHANCE: number = Math.log(1e-8);

/** Our own arithmetic on a prediction: a product, a sum, a quotient and one more. */
export const ROUNDING: number = 4 * 2 ** -53;

/**
 * Null where the prediction misses any entry; else what its hits say. Among wrong gradients an
 * entry's error is taken to lie anywhere up to its actual size, so the chance of a hit is bar ÷
 * |error|; times less at a point that is near another. Right entries say nothing.
 */
export function supportOf(
  entries: Entries,
  novelty: Novelty,
  { value, bar, free }: Prediction,
): Support | null {
  const { count, got, truth, observation } = entries;
  const hits: number[] = [];
  for (let e = 0; e < count; e++) {
    const predicted = value(e);
    const within = bar(e) + ROUNDING * (Math.abs(got[e]!) + Math.abs(predicted));
    // Written so that a prediction of NaN misses.
    if (!(Math.abs(got[e]! - predicted) <= within)) return null;
    const chance = within / (Math.abs(got[e]! - truth[e]!) * novelty.entry[observation[e]!]!);
    if (chance <= TELLING) hits.push(Math.log(Math.max(chance, ROUNDING)));
  }
  return supportOfHits(hits, free);
}

/** The same from the ln of each telling entry's chance: the `free` most telling are spent. */
export function supportOfHits(hits: readonly number[], free: number): Support {
  const left = Float64Array.from(hits).sort().subarray(free);
  return { telling: left.length, lnChance: left.reduce((sum, hit) => sum + hit, 0) };
}

/** Whether that is enough for a name; `lnWays` is ln of the number of predictions tried. */
export const isEnough = (support: Support | null, lnWays = 0): support is Support =>
  support !== null && support.telling >= SPARE && support.lnChance + lnWays <= MAX_LN_CHANCE;

/**
 * No name is surer than this: 10,000 random wrong gradients without a false name leave 3 in 10,000
 * at 95 %, by the rule of three.
 */
const LEAST_DOUBT = 3e-4;

/** 1 − the chance that a wrong gradient of another kind fits one of the names. */
export const confidenceOf = ({ lnChance }: Support, luck = 0): number =>
  1 - Math.max(LEAST_DOUBT, TRIED * Math.exp(lnChance), luck);
