import { after, type StartOutcome } from '../../zero-init/outcome.ts';
import type { StartName } from '../../zero-init/starts.ts';
import type { StartFigures } from '../../zero-init/train-starts.ts';
import type { Twins } from '../../zero-init/twins.ts';
import type { ZeroInitFigures } from '../../zero-init.ts';

/** One of the starts of `zero-init` at one rate. */
export function startOf({ starts }: ZeroInitFigures, start: StartName, rate: number): StartFigures {
  const found = starts.find((of) => of.start === start && of.rate === rate);
  if (found) return found;
  const there = starts.map((of) => `${of.start} at ${of.rate}`).join(', ');
  throw new RangeError(`zero-init: got no start ${start} at rate ${rate}; there are ${there}`);
}

/** Rate 0.2, then 5. */
export const zeroStarts = (zero: ZeroInitFigures): readonly [StartFigures, StartFigures] => [
  startOf(zero, 'zeros', 0.2),
  startOf(zero, 'zeros', 5),
];

/** Dev scores after so many epochs. */
export const at = (outcomes: readonly StartOutcome[], epochs: number): readonly number[] =>
  outcomes.map((outcome) => after(outcome, epochs).score);

export const everySeed = ({ seeds }: StartFigures): readonly Twins[] =>
  seeds.map(({ twins }) => twins);

export const total = (twins: readonly Twins[]): Twins => ({
  states: twins.reduce((sum, { states }) => sum + states, 0),
  differing: twins.reduce((sum, { differing }) => sum + differing, 0),
});
