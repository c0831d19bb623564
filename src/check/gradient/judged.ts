import type { Verdict } from '../verdict.ts';

/** One entry of one claim, held against a difference with an error bar. */
export interface Judged {
  readonly verdict: Extract<Verdict, 'agrees' | 'disagrees' | 'unresolved' | 'not-finite'>;
  /** Index into the case's points, into the site's claims, into the flat gradient. */
  readonly point: number;
  readonly claim: number;
  readonly index: number;
  readonly got: number;
  readonly expected: number;
  /** A bound on the error of `expected`. */
  readonly uncertainty: number;
  /** That of the blunter ladder, where it must be against `got` as well. */
  readonly bluntest?: number;
  /** What rounding may have done to `got`, and what the case lets pass. */
  readonly tolerance: number;
  /** The derivatives from both sides, at a corner of f. */
  readonly sides: { readonly left: number; readonly right: number } | null;
  /** Neither `got` nor `expected` stands out from its own error. */
  readonly flat: boolean;
}

/** How far off the entry may be; at a corner from the nearest of all that are right. */
export const offAtMost = ({ got, expected, uncertainty, tolerance }: Judged): number =>
  Math.abs(got - expected) + uncertainty + tolerance;

/** The largest error in this entry that might not have disagreed: two ladders must be against it. */
export const missable = (judged: Judged): number => {
  const { sides, uncertainty, bluntest = uncertainty, tolerance } = judged;
  const off = sides
    ? Math.abs(sides.left - sides.right) + uncertainty + tolerance
    : offAtMost(judged);
  return off + bluntest;
};

/** From best to worst. */
const SEVERITY = { agrees: 0, unresolved: 1, disagrees: 2, 'not-finite': 3 } as const;

export const severity = (verdict: Judged['verdict']): number => SEVERITY[verdict];

/** The one that decides: the severest verdict, there the largest error over what explains it. */
export function worstOf(all: readonly Judged[]): Judged | null {
  let worst: Judged | null = null;
  for (const judged of all) {
    const ahead = worst ? severity(judged.verdict) - severity(worst.verdict) : 1;
    if (!worst || ahead > 0 || (ahead === 0 && normalised(judged) > normalised(worst))) {
      worst = judged;
    }
  }
  return worst;
}

function normalised({ got, expected, uncertainty, tolerance }: Judged): number {
  const ratio = Math.abs(got - expected) / (uncertainty + tolerance);
  return Number.isNaN(ratio) ? 0 : ratio;
}
