import type { Verdict } from './verdict.ts';

/** How two numbers that should be equal differ. */
export interface Deviation {
  /** `fc1.weight[2,3]`, `loss`, `outputs[0,1]`, `inputs[5,0]`. */
  readonly entry: string;
  readonly a: number;
  readonly b: number;
  /** |a − b|. */
  readonly error: number;
  /** What rounding, and the answers' own error bars, explain. */
  readonly tolerance: number;
  /** error / tolerance. */
  readonly normalised: number;
}

/** A verdict on many entries, and the entry that decides it. */
export interface Finding {
  readonly verdict: Extract<Verdict, 'agrees' | 'disagrees' | 'unresolved' | 'not-finite'>;
  readonly worst: Deviation;
  /** Some entry's allowance is too wide to judge it. */
  readonly blunt: boolean;
}

/** What an entry may deviate by. */
export interface Allowance {
  /** By rounding. */
  readonly rounding: number;
  /** By the answers' own error bars; 0 where they have none. */
  readonly bar: number;
  /** The largest error bar that still judges. */
  readonly barLimit: number;
  /** The largest rounding that still judges. */
  readonly roundingLimit: number;
}

/** From best to worst: the worst entry decides. */
const SEVERITY = { agrees: 0, unresolved: 1, disagrees: 2, 'not-finite': 3 } as const;

/** The worst of all entries: by verdict, then by normalised error. Needs at least one entry. */
export function worstOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  allowance: (index: number) => Allowance,
  name: (index: number) => string,
): Finding {
  let worst = { verdict: 'agrees' as Finding['verdict'], normalised: -1, index: 0 };
  let blunt = false;
  for (let index = 0; index < a.length; index++) {
    const { verdict, normalised } = judgeEntry(a[index]!, b[index]!, allowance(index));
    blunt ||= verdict === 'unresolved';
    const severer = SEVERITY[verdict] - SEVERITY[worst.verdict];
    if (severer > 0 || (severer === 0 && normalised > worst.normalised)) {
      worst = { verdict, normalised, index };
    }
  }
  const { index, verdict } = worst;
  const { rounding, bar } = allowance(index);
  const error = Math.abs(a[index]! - b[index]!);
  const tolerance = rounding + bar;
  return {
    verdict,
    blunt,
    worst: {
      entry: name(index),
      a: a[index]!,
      b: b[index]!,
      error,
      tolerance,
      normalised: error / tolerance,
    },
  };
}

function judgeEntry(
  a: number,
  b: number,
  { rounding, bar, barLimit, roundingLimit }: Allowance,
): { verdict: Finding['verdict']; normalised: number } {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return { verdict: 'not-finite', normalised: 0 };
  const tolerance = rounding + bar;
  if (!Number.isFinite(tolerance)) return { verdict: 'unresolved', normalised: 0 };
  const error = Math.abs(a - b);
  const normalised = error / tolerance;
  if (normalised > 1) return { verdict: 'disagrees', normalised };
  // What could hide an error of the size asked for shows no agreement; equal numbers are beyond doubt.
  const hides = bar > barLimit || (rounding > roundingLimit && error > 0);
  return { verdict: hides ? 'unresolved' : 'agrees', normalised };
}
