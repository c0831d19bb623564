import { UsageError } from './usage-error.ts';

/** The generator takes 32 bits: from 2³² on, seeds would come again. */
const LAST_SEED = 2 ** 32 - 1;

/** What follows `--seed`. */
export function seedOf(given: string): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value <= LAST_SEED) return value;
  throw new UsageError(`--seed: got "${given}", expected a whole number from 0 to ${LAST_SEED}`);
}
