import type { Told } from './tell.ts';
import { dying } from './told/dying.ts';
import { evaluation } from './told/evaluation.ts';
import { model } from './told/model.ts';
import { runner } from './told/runner.ts';
import { training } from './told/training.ts';
import { vanishing } from './told/vanishing.ts';
import { zeros } from './told/zeros.ts';

/** The sentences of every finding, in the material's order. */
export const told: Told = {
  ...model,
  ...runner,
  ...training,
  ...evaluation,
  ...zeros,
  ...vanishing,
  ...dying,
};
