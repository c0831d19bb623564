import type { TimedRow } from './timed-row.ts';

/** The loss that a row arrives at: it starts over, takes that many steps, and tells the next loss. */
export function lossAfter(row: TimedRow, steps: number): number {
  row.reset?.();
  for (let i = 0; i < steps; i++) row.step();
  return row.step();
}
