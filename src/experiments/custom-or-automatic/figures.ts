import type { HomeworkFigures } from '../homework.ts';
import type { ChangeName } from './changes.ts';
import type { HeldBy } from './memory.ts';
import type { Saturation } from './saturation.ts';
import type { Speed } from './speed.ts';

/** What the closing question comes to, for the page of the material's claims. */
export interface CustomOrAutomaticFigures {
  /** Gradients by hand and by the tape along every training of the page's seed. */
  readonly gradients: {
    readonly compared: number;
    readonly agreeing: number;
    /** So much cancels there that rounding leaves too little to judge by. */
    readonly unresolved: number;
    readonly disagreeing: number;
    /** The largest difference over what rounding allows, in any of them. */
    readonly worst: number;
  };
  /** The largest |Δ parameter| at any epoch, of trainings run on their own. */
  readonly drift: { readonly automatic: number; readonly reversed: number };
  /** Over the seeds, by hand. */
  readonly base: { readonly medianLoss: number; readonly medianScore: number };
  readonly changes: { readonly [C in ChangeName]: ChangeFigures };
  /** float32, rate 5, without clamp. */
  readonly breaks: {
    readonly seeds: number;
    readonly broken: number;
    /** Of all seeds, how many have a finite clamped loss at the same parameters. */
    readonly clampedFinite: number;
    /** null where none broke. */
    readonly first: number | null;
    readonly last: number | null;
  };
  readonly graph: {
    readonly nodes: number;
    readonly operations: number;
    /** Nodes that are others at the last epoch than at the first. */
    readonly differing: number;
    /** What the two tapes compute. */
    readonly losses: readonly [first: number, last: number];
    readonly callsRecording: number;
    readonly callsBackward: number;
  };
  readonly held: HeldBy;
  readonly saturation: Saturation;
  readonly homework: HomeworkFigures;
  /** null where none was recorded. */
  readonly speed: Speed | null;
}

/** Of one change, over the seeds. */
export interface ChangeFigures {
  readonly medianLoss: number;
  readonly medianScore: number;
  /** Of |Δ| of the final training loss. */
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
  /** Median over the seeds of the largest |Δ| of the training loss at any epoch. */
  readonly medianOnTheWay: number;
  /** Median over the seeds of the largest |Δ parameter| after the last update. */
  readonly medianParams: number;
}
