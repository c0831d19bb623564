import { type Cell, none, number } from '../../src/report/report.ts';
import type { Measured } from './measure.ts';

const VOID = 'void: its loss disagrees';
const ABSENT = 'not run';

/** Seconds a step. */
export function stepCell(line: Measured | undefined, withSpread = false): Cell {
  if (line?.kind !== 'timed') return none(line ? VOID : ABSENT);
  const { median, low, high } = line.timing.seconds;
  return number(median, 'duration', withSpread ? [low, high] : undefined);
}

/** Time ÷ the reference's in the same round. */
export function ratioCell(line: Measured | undefined, withSpread = false): Cell {
  if (line?.kind !== 'timed') return none(line ? VOID : ABSENT);
  const { median, low, high } = line.timing.ratio;
  return number(median, 'ratio', withSpread ? [low, high] : undefined);
}
