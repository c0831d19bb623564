import type { HeaderField, Report } from '../report/report.ts';
import type { Recorded } from './recorded.ts';
import type { StatedFigure } from './stated-figure.ts';

export type ExperimentName =
  | 'two-layer'
  | 'three-layer'
  | 'zero-init'
  | 'init-distributions'
  | 'vanishing-gradients'
  | 'dying-relu'
  | 'custom-or-automatic'
  | 'silent-mistakes';

/** One experiment of the source material, as data with a run. */
export interface Experiment<Figures = unknown> {
  readonly name: ExperimentName;
  readonly title: string;
  /** The section of the material that it rebuilds. */
  readonly section: string;
  /** What it shows, in one sentence without figures. */
  readonly shows: string;
  /** Deterministic: the same context gives the same result to the last bit. */
  run(context: ExperimentContext): Promise<ExperimentResult<Figures>>;
}

export interface ExperimentContext {
  /** Of the data and the initial parameters of the page. */
  readonly seed: number;
  /** Of the runs that the page's own is compared with. */
  readonly seeds: readonly number[];
  /** What the figures depend on, for the page's header. */
  readonly header: readonly HeaderField[];
  /** Measurements of other commands that a page quotes. */
  readonly recorded: Recorded;
  /** Told the share done, 0 to 1, and what comes next. */
  readonly progress: (share: number, doing: string) => void;
}

export interface ExperimentResult<Figures = unknown> {
  /** `reports/experiments/NAME.md`, `NAME.json` and the charts are all made of this. */
  readonly report: Report;
  /** Every figure with the range in which it was said to lie; the report shows the same. */
  readonly stated: readonly StatedFigure[];
  /** One plain sentence a line, for the terminal. */
  readonly headline: readonly string[];
  /** What other pages quote. */
  readonly figures: Figures;
}
