import type { Trained } from './trained.ts';

/** How one training looks to somebody who knows what right ones look like. */
export type Look = 'normal' | 'slower' | 'fails';

/** Between which ends the right gradient's trainings lie. */
export interface RightRange {
  readonly loss: readonly [low: number, high: number];
  readonly devScore: readonly [low: number, high: number];
}

export const rightRange = (right: readonly Trained[]): RightRange => ({
  loss: range(right.map(lastLoss)),
  devScore: range(right.map(({ devScore }) => devScore)),
});

/**
 * `normal`: a loss no higher and a dev score no lower than some right training's. `fails`: a loss no
 * lower than that of always answering with the classes' shares, or none at all. `slower`: between.
 */
export function look(trained: Trained, right: RightRange, shareLoss: number): Look {
  const loss = lastLoss(trained);
  if (!(loss < shareLoss)) return 'fails'; // NaN is not below either
  return loss <= right.loss[1] && trained.devScore >= right.devScore[0] ? 'normal' : 'slower';
}

/** Whether it even looks better than every right training, by its loss. */
export const isBetter = (trained: Trained, right: RightRange, shareLoss: number): boolean =>
  look(trained, right, shareLoss) === 'normal' && lastLoss(trained) < right.loss[0];

/** The look of more than half of the trainings; where none has that, the worse of the two in the middle. */
export function usualLook(looks: readonly Look[]): Look {
  const sorted = [...looks].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  return sorted[Math.floor(sorted.length / 2)]!;
}

const ORDER: readonly Look[] = ['normal', 'slower', 'fails'];

/** Whether the loss of the last epoch is below that of the first. */
export const falls = (trained: Trained): boolean => lastLoss(trained) < trained.losses[0]!;

export const lastLoss = ({ losses }: Trained): number => losses.at(-1)!;

/** The first epoch at which the right training was as far as this one came; its last if it never was. */
export function rightEpoch(trained: Trained, right: Trained): number {
  const loss = lastLoss(trained);
  if (Number.isNaN(loss)) return 0;
  const epoch = right.losses.findIndex((l) => l <= loss);
  return epoch < 0 ? right.losses.length : epoch;
}

const range = (values: readonly number[]): [low: number, high: number] => [
  Math.min(...values),
  Math.max(...values),
];
