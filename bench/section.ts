import type { HeaderField, Report } from '../src/report/report.ts';
import type { WorkloadId } from '../src/training/workloads.ts';

export type SectionName = 'speed' | 'accuracy' | 'agreement';

/** What every section is told. */
export interface SectionContext {
  /** Shortened: the report's header says so. */
  readonly quick: boolean;
  /** At least one, in ascending order. */
  readonly workloads: readonly WorkloadId[];
  readonly seed: number;
  /** What the figures depend on, for the report's header. */
  readonly header: readonly HeaderField[];
  /** Told the share done, 0 to 1, and what comes next. */
  readonly progress: (share: number, doing: string) => void;
}

/** What a section found. `reports/NAME.md`, `NAME.json` and the charts are all made of `report`. */
export interface SectionResult<Figures = unknown> {
  readonly report: Report;
  /** Whether nothing is wrong; otherwise the command exits with 1. */
  readonly ok: boolean;
  /** One plain sentence a line, for the terminal. */
  readonly headline: readonly string[];
  /** What the summary of all sections rests on. */
  readonly figures: Figures;
}

/** One part of the benchmark and its report. */
export interface Section<Figures = unknown> {
  readonly name: SectionName;
  run(context: SectionContext): Promise<SectionResult<Figures>>;
}

/** Sections by name, in the order in which they run. */
export type Sections = { readonly [N in SectionName]?: Section };

/** The results of these sections, each with its own figures. */
export type ResultsOf<S extends Sections> = {
  readonly [N in keyof S]: S[N] extends Section<infer Figures> ? SectionResult<Figures> : never;
};
