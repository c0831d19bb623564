import 'backproof/vitest'; // or once for all tests: setupFiles: ['backproof/vitest']
import { expect, test } from 'vitest';
import { gradient, loss } from './logistic.ts';

test('the gradient of the loss is right', () => {
  expect(gradient).toBeGradientOf(loss, { at: [0.3, -0.2, 0.1] });
});
