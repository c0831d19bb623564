import 'backproof/vitest';
import { expect, test } from 'vitest';
import { loss, sumOfGradients } from './logistic.ts';

test('the gradient of the loss is right', () => {
  expect(sumOfGradients).toBeGradientOf(loss, { at: [0.3, -0.2, 0.1], factors: { N: 4 } });
});
