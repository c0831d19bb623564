import type { Batch } from '../model/batch.ts';
import { zeros } from '../numeric/matrix.ts';
import { DIGIT_LABELS, DIGIT_PIXELS } from './digits-data.ts';

const PIXELS = 784;

/**
 * 64 MNIST digits (LeCun et al.), always the same: inputs [64, 784], each pixel byte / 255;
 * targets [64, 1], the class 0 to 9.
 */
export function digits(): Batch {
  const bytes = atob(DIGIT_PIXELS);
  const inputs = zeros(DIGIT_LABELS.length, PIXELS);
  for (let i = 0; i < bytes.length; i++) inputs.data[i] = bytes.charCodeAt(i) / 255;
  const targets = zeros(DIGIT_LABELS.length, 1);
  targets.data.set(Array.from(DIGIT_LABELS, Number));
  return { inputs, targets };
}
