import type { Random } from '../../../src/numeric/random.ts';
import type { NamedFunction } from './functions.ts';
import type { Problem } from './problem.ts';

/** What a family draws: the rest of a problem has defaults. */
export type Drawn = NamedFunction &
  Pick<Problem, 'at'> &
  Partial<Pick<Problem, 'dtype' | 'rtol' | 'lower' | 'upper' | 'slots' | 'valueRoundedTo'>>;

/** Right cases of one kind. */
export interface Family {
  readonly name: string;
  /** What they have in common. */
  readonly about: string;
  /** How many of it there are for each case of another family; 1 unless said. */
  readonly weight?: number;
  /** Left out of the committed set: its derivatives would take too long, and too much room. */
  readonly uncommitted?: true;
  readonly draw: (random: Random) => Drawn;
}
