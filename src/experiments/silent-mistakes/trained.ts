import type { GradientMethod } from '../../gradients/method.ts';
import { type DescentOptions, descend } from '../descend.ts';
import { devScore } from '../dev-score.ts';
import type { Setup } from '../setup.ts';

/** What a training came to. */
export interface Trained {
  /** The training loss of each epoch, before its update; shorter where it was not finite. */
  readonly losses: readonly number[];
  /** The last model's accuracy on dev; 0 where the loss was not finite, as that is no model. */
  readonly devScore: number;
}

/** Dev is judged once, after the last epoch: at each it would take longer than there is. */
export async function trainedBy(
  method: GradientMethod,
  setup: Setup,
  options?: DescentOptions,
): Promise<Trained> {
  const { losses, params, broke } = await descend(setup, method, options);
  return { losses, devScore: broke === null ? devScore(setup, params) : 0 };
}
