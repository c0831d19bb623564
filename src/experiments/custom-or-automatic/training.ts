import type { GradientMethod } from '../../gradients/method.ts';
import { methods } from '../../gradients/methods.ts';
import type { Batch } from '../../model/batch.ts';
import { type Descent, type DescentOptions, descend } from '../descend.ts';
import { devScore } from '../dev-score.ts';
import { moonsSetup } from '../moons-setup.ts';
import type { Setup } from '../setup.ts';

/** A setup and who computes its gradients: all that a change can change. */
export interface Training extends Setup {
  readonly method: GradientMethod;
  /** What an epoch descends on; the training set as it stands unless said. */
  readonly batchAt?: (epoch: number) => Batch;
}

/** What a training came to. */
export interface Outcome extends Descent {
  /** On the training set, before each epoch's update; a mean over the samples whatever the reduction. */
  readonly losses: readonly number[];
  /** Of the last parameters. */
  readonly devScore: number;
}

/** The material's network, trained by hand, with the data and the start of one seed. */
export const baseTraining = (seed: number): Training => ({
  ...moonsSetup({ seed }),
  method: methods['manual-fused'],
});

/** Dev is judged once, after the last update. */
export async function outcomeOf(
  training: Training,
  onEpoch?: DescentOptions['onEpoch'],
): Promise<Outcome> {
  const { model, split, method, batchAt } = training;
  const found = await descend(training, method, {
    ...(batchAt && { batchAt }),
    ...(onEpoch && { onEpoch }),
  });
  const unit = model.loss.reduction === 'sum' ? split.train.inputs.rows : 1;
  return {
    ...found,
    losses: found.losses.map((loss) => loss / unit),
    devScore: devScore(training, found.params),
  };
}
