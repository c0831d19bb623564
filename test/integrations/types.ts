// Compiled, never run: what the matchers take, and what they refuse.
import { expect as jestExpect } from 'expect';
import { expect } from 'vitest';
import { manualFused } from '../../src/gradients/manual/method.ts';
import type { Problem } from '../../src/integrations/fast-check.ts';
import type {} from '../../src/integrations/jest.ts';
import type {} from '../../src/integrations/vitest.ts';

const f = (x: Float64Array): number => x.length;
const pair = (x: Float64Array): number[] => [x[0]!, x[1]!];
const gradient = (x: Float64Array): Float64Array => x;

export async function accepted({ model, params, batch }: Problem): Promise<void> {
  expect(gradient).toBeGradientOf(f, { at: [1, 2] });
  expect([1, 2]).not.toBeGradientOf(f, { at: new Float32Array(2), dtype: 'float32', seed: 3 });
  expect(gradient).toBeVjpOf(pair, { at: [[1], [2]], rtol: 1e-4, allowUnresolved: true });
  await expect(manualFused).toHaveRightGradients(model, params, batch, { rtol: 1e-4 });
  jestExpect(gradient).toBeGradientOf(f, { at: [1, 2], mode: 'fast', factors: { N: 3 } });
  await jestExpect(manualFused).not.toHaveRightGradients(model, params, batch);
}

export async function refused({ model, params }: Problem): Promise<void> {
  // @ts-expect-error: where?
  expect(gradient).toBeGradientOf(f, {});
  // @ts-expect-error: a gradient is of a scalar
  expect(gradient).toBeGradientOf(pair, { at: [1, 2] });
  // @ts-expect-error: a vjp is of a vector
  expect(gradient).toBeVjpOf(f, { at: [1, 2] });
  // @ts-expect-error: no such mode
  expect(gradient).toBeGradientOf(f, { at: [1, 2], mode: 'quick' });
  // @ts-expect-error: a misspelt option
  jestExpect(gradient).toBeGradientOf(f, { at: [1, 2], allowUnresolvd: true });
  // @ts-expect-error: without a batch
  await jestExpect(manualFused).toHaveRightGradients(model, params);
}
