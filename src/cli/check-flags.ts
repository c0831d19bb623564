import { extname } from 'node:path';
import type { CheckOptions } from '../check/gradient/check-options.ts';
import { MODULE_ENDINGS } from '../node/load-module.ts';
import { UsageError } from './usage-error.ts';

/** What the command line says, as commander leaves it. */
export interface CheckFlags {
  readonly json?: true;
  readonly junit?: string;
  readonly github?: true;
  readonly seed: number;
  readonly rtol?: number;
  readonly mode: NonNullable<CheckOptions['mode']>;
  readonly timeout: number;
  readonly allowUnresolved?: true;
}

/**
 * Seconds for each case: six times what 10,000 calls take, the most that differencing every entry
 * needs at one point, for an f of a millisecond.
 */
export const DEFAULT_TIMEOUT = 60;

/** Timers of Node take 2³¹ − 1 milliseconds at most, and fire at once beyond. */
const LONGEST_TIMEOUT = Math.floor((2 ** 31 - 1) / 1000);

/** What follows `--rtol`. Throws a UsageError. */
export const rtolOf = (given: string): number =>
  accepted('--rtol', given, DECIMAL, (v) => v > 0 && v < 1, 'a number between 0 and 1');

/** What follows `--timeout`, in seconds. Throws a UsageError. */
export const timeoutOf = (given: string): number =>
  accepted(
    '--timeout',
    given,
    DECIMAL,
    (v) => v > 0 && v <= LONGEST_TIMEOUT,
    `seconds, more than 0 and at most ${LONGEST_TIMEOUT}`,
  );

/** What follows `--junit`: never code, as where the name of the report was forgotten. Throws a UsageError. */
export function reportOf(given: string): string {
  if (!MODULE_ENDINGS.some((ending) => ending === extname(given))) return given;
  throw new UsageError(
    `--junit: got "${given}", which ends like a case file, expected the report to write: --junit report.xml ${given}`,
  );
}

const DECIMAL = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function accepted(
  flag: string,
  given: string,
  form: RegExp,
  fits: (value: number) => boolean,
  expected: string,
): number {
  const value = Number(given);
  if (form.test(given) && fits(value)) return value;
  throw new UsageError(`${flag}: got "${given}", expected ${expected}`);
}
