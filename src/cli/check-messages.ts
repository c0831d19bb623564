import type { CheckOptions } from '../check/gradient/check-options.ts';
import type { CheckResult } from '../check/gradient/check-result.ts';

/** What the process of a case file is sent. */
export interface CheckTask {
  /** Absolute. */
  readonly path: string;
  readonly seed: number;
  /** In place of each case's own; null leaves that. */
  readonly rtol: number | null;
  readonly mode: NonNullable<CheckOptions['mode']>;
  /** Cases before this one have their results already. */
  readonly from: number;
}

/** What it sends, in this order: a case tells that it began, then what it came to. */
export type CheckMessage =
  /** Code of the file comes next: from here on, time counts. */
  | { readonly kind: 'ready' }
  /** There is nothing to check in this file, and why: one line. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** What the cases are called. */
  | { readonly kind: 'loaded'; readonly names: readonly string[] }
  | { readonly kind: 'began'; readonly index: number }
  /** So often has it called f by now, with so many numbers; told now and then. */
  | { readonly kind: 'calls'; readonly calls: number; readonly entries: number }
  | { readonly kind: 'checked'; readonly index: number; readonly result: CheckResult }
  /** This is no case, and why: one line. */
  | { readonly kind: 'malformed'; readonly index: number; readonly why: string }
  | { readonly kind: 'done' };
