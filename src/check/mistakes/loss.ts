import type { LossSite } from '../../gradients/manual/rule.ts';
import { losses } from '../../model/losses.ts';
import type { Model } from '../../model/model.ts';
import type { Mistake } from './mistake.ts';
import { linears } from './place.ts';
import { type Plan, planted, spare, spoiltLoss } from './plant.ts';

/** Mistakes that any loss allows, by a factor: δ is ∂L/∂outputs, D what the loss is divided by. */
export const lossMistakes: readonly Mistake[] = [
  factorMistake(
    {
      name: 'mean-missing',
      says: 'The mean is missing, a sum stands in its place: every gradient is D times too large, D = N for one output.',
      formula: 'δ = (p − y)/D → p − y',
      applies: ({ loss }) => loss.reduction === 'mean',
    },
    (_model, { divisor }) => divisor,
  ),
  factorMistake(
    {
      name: 'mean-twice',
      says: 'The mean is taken twice: every gradient is D times too small, D = N for one output.',
      formula: 'δ = (p − y)/D → (p − y)/D²',
      applies: ({ loss }) => loss.reduction === 'mean',
    },
    (_model, { divisor }) => 1 / divisor,
  ),
  factorMistake(
    {
      name: 'mean-for-sum',
      says: 'The loss is a sum over the batch, its gradient that of the mean: N times too small.',
      formula: 'δ = p − y → (p − y)/N',
      applies: ({ loss }) => loss.reduction === 'sum',
    },
    ({ loss }, { x }) => (loss.reduction === 'sum' ? 1 / x.rows : 1),
  ),
  factorMistake(
    {
      name: 'mean-over-rows',
      says: 'The loss is a mean over samples and outputs, its gradient that over samples only: C times too large.',
      formula: 'δ = (p − y)/(N·C) → (p − y)/N',
      applies: (model) => meansOver('values', model),
    },
    (model) => (meansOver('values', model) ? model.outputs : 1),
  ),
  factorMistake(
    {
      name: 'mean-over-entries',
      says: 'The loss is a mean over samples, its gradient that over samples and classes: C times too small.',
      formula: 'dZ = (softmax(Z) − Y)/N → (softmax(Z) − Y)/(N·C)',
      applies: (model) => meansOver('classes', model),
    },
    (model) => (meansOver('classes', model) ? 1 / model.outputs : 1),
  ),
  factorMistake(
    {
      name: 'sign-flipped',
      says: 'The sign is wrong: every step climbs the loss instead of descending it.',
      formula: 'δ = (p − y)/D → (y − p)/D',
      applies: () => true,
    },
    () => -1,
  ),
  factorMistake(
    {
      name: 'factor-two-missing',
      says: 'The 2 of the squared error is missing: every gradient is half as large as it should be.',
      formula: 'δ = 2(p − y)/D → (p − y)/D',
      applies: ({ loss }) => loss.kind === 'mse',
    },
    ({ loss }) => (loss.kind === 'mse' ? 1 / 2 : 1),
  ),
  factorMistake(
    {
      name: 'factor-two-extra',
      says: 'The 2 of a squared error stands in a cross-entropy: every gradient is twice as large as it should be.',
      formula: 'δ = (p − y)/D → 2(p − y)/D',
      applies: ({ loss }) => loss.kind !== 'mse',
    },
    ({ loss }) => (loss.kind === 'mse' ? 1 : 2),
  ),
];

/** δ times a factor, which then multiplies every gradient. */
function factorMistake(
  about: Omit<Plan, 'rules' | 'part'>,
  factor: (model: Model, site: LossSite) => number,
): Mistake {
  return planted({
    ...about,
    part: 'loss',
    applies: (model) => linears(model).length > 0 && about.applies(model),
    rules: (model) =>
      spoiltLoss((site) => {
        const by = factor(model, site);
        const { data: delta } = site.dx;
        if (by === 1) return spare;
        return () => {
          for (let i = 0; i < delta.length; i++) delta[i]! *= by;
        };
      }),
  });
}

/** Whether the loss is a mean where it matters how many outputs there are. */
const meansOver = (targets: 'values' | 'classes', { loss, outputs }: Model): boolean =>
  loss.reduction === 'mean' && losses[loss.kind].targets === targets && outputs > 1;
