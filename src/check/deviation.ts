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
}

/** What an entry may deviate by. */
export interface Allowance {
  /** By rounding. */
  readonly rounding: number;
  /** By the answers' own error bars; 0 where they have none. */
  readonly bar: number;
  /** The largest error bar that still judges. */
  readonly target: number;
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
  for (let index = 0; index < a.length; index++) {
    const { verdict, normalised } = judgeEntry(a[index]!, b[index]!, allowance(index));
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
  { rounding, bar, target }: Allowance,
): { verdict: Finding['verdict']; normalised: number } {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return { verdict: 'not-finite', normalised: 0 };
  const tolerance = rounding + bar;
  if (!Number.isFinite(tolerance)) return { verdict: 'unresolved', normalised: 0 };
  const normalised = Math.abs(a - b) / tolerance;
  if (normalised > 1) return { verdict: 'disagrees', normalised };
  // A bar too wide to see an error of the size asked for is no agreement.
  return { verdict: bar > target ? 'unresolved' : 'agrees', normalised };
}
