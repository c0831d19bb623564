import type { Block } from '../../src/report/report.ts';

/** What every part of the checker's proof is told. */
export interface PartContext {
  /** Shortened: the report's header says so. */
  readonly quick: boolean;
  readonly seed: number;
  /** Told the share done, 0 to 1, and what comes next. */
  readonly progress: (share: number, doing: string) => void;
}

/** What a part found. */
export interface Part {
  /** Its stretch of the page, from its level-2 heading on. */
  readonly blocks: readonly Block[];
  /** Whether every limit that it states was kept; otherwise the command exits with 1. */
  readonly ok: boolean;
  /** One plain sentence a line, for the terminal and the top of the page. */
  readonly headline: readonly string[];
  /** Limits missed that fail nothing, one of time say, in a few words each; none unless given. */
  readonly missed?: readonly string[];
}
