import type { AnswerFacts } from './facts.ts';

/** The answer page in one language. */
export interface Phrasing {
  readonly title: string;
  /** A link to the same page in the other language. */
  readonly other: string;
  /** One paragraph a question; each sentence links the figure it rests on. */
  answer(facts: AnswerFacts): readonly string[];
  readonly reports: {
    readonly heading: string;
    readonly items: readonly string[];
    /** Which command writes what. */
    readonly written: string;
  };
  readonly figures: {
    readonly heading: string;
    readonly columns: readonly [what: string, value: string];
    readonly agreeing: string;
    readonly comparisons: string;
    readonly loss: string;
    readonly manualAgainstTape: string;
    readonly ulps: string;
    readonly engine: string;
    readonly puzzle: string;
  };
}

/** Where the speed figures of the answer stand. */
export const PUZZLE = 'speed.md#the-materials-puzzle';
/** Where it stands what makes two programs end differently. */
export const STARTS = 'experiments/custom-or-automatic.md';
