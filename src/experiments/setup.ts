import type { Model } from '../model/model.ts';
import type { Params } from '../params/params.ts';
import type { Split } from '../training/moons-split.ts';

/** One training as data: everything that decides its outcome but the gradient method. */
export interface Setup {
  readonly model: Model;
  readonly split: Split;
  /** Where it starts. */
  readonly params: Params;
  readonly learningRate: number;
  readonly epochs: number;
}
