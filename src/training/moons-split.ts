import { type Batch, batchRows } from '../model/batch.ts';
import { type MoonsOptions, moons } from './moons.ts';

/** One set to learn from, one to choose the best model by, one to judge it. */
export interface Split {
  readonly train: Batch;
  readonly dev: Batch;
  readonly test: Batch;
}

/** The course's 1,000 moons in its parts of 640, 160 and 200, in the order drawn: views. */
export function moonsSplit(options: Omit<MoonsOptions, 'samples'> = {}): Split {
  const all = moons({ ...options, samples: 1000 });
  return {
    train: batchRows(all, 0, 640),
    dev: batchRows(all, 640, 800),
    test: batchRows(all, 800, 1000),
  };
}
