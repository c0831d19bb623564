import type { CheckResult } from '../check/gradient/check-result.ts';

/** What the process of a case file is sent. */
export interface CheckTask {
  /** Absolute. */
  readonly path: string;
  readonly seed: number;
  /** In place of each case's own; null leaves that. */
  readonly rtol: number | null;
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
  | { readonly kind: 'checked'; readonly index: number; readonly result: CheckResult }
  /** This is no case, and why: one line. */
  | { readonly kind: 'malformed'; readonly index: number; readonly why: string }
  | { readonly kind: 'done' };

/** The file's own code can send messages too. */
export const isCheckMessage = (message: unknown): message is CheckMessage =>
  typeof message === 'object' &&
  message !== null &&
  'kind' in message &&
  KINDS.some((kind) => kind === message.kind);

const KINDS: readonly CheckMessage['kind'][] = [
  'ready',
  'unreadable',
  'loaded',
  'began',
  'checked',
  'malformed',
  'done',
];
