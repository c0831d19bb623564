import type { Random } from '../../../src/numeric/random.ts';
import type { CaseSpec } from './case-spec.ts';
import type { NamedFunction } from './functions.ts';

/** What a family draws: the rest of a case has defaults. */
export type Drawn = NamedFunction &
  Pick<CaseSpec, 'at'> &
  Partial<Pick<CaseSpec, 'dtype' | 'rtol' | 'lower' | 'upper' | 'slots' | 'valueRoundedTo'>>;

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
