import type { Verdict } from '../check/verdict.ts';
import type { Checked } from './check-json.ts';

/** What a verdict says of the gradient: for it, against it, or neither. */
export type Stance = 'right' | 'wrong' | 'open';

const STANCES: { readonly [V in Verdict]: Stance } = {
  agrees: 'right',
  disagrees: 'wrong',
  unresolved: 'open',
  'not-finite': 'wrong',
  'not-deterministic': 'wrong',
  'wrong-shape': 'wrong',
  'wrong-type': 'wrong',
  'mutates-input': 'wrong',
  'timed-out': 'wrong',
  threw: 'wrong',
  unsupported: 'open',
};

export const stanceOf = (verdict: Verdict): Stance => STANCES[verdict];

/**
 * The exit code of a run. Input that could not be read comes first: any other code says that all that
 * was asked for has its verdict.
 */
export function exitCodeOf({ cases, errors }: Checked, allowUnresolved: boolean): 0 | 1 | 2 | 3 {
  if (errors.length > 0) return 2;
  const stances = cases.map(({ verdict }) => stanceOf(verdict));
  if (stances.includes('wrong')) return 1;
  return stances.includes('open') && !allowUnresolved ? 3 : 0;
}
