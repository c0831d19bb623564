// Compiled, never run: what the matchers take, and what they refuse.
import { expect as jestExpect } from 'expect';
import { expect } from 'vitest';
import type { GradientCase } from '../../src/check/gradient/gradient-case.ts';
import { manualFused } from '../../src/gradients/manual/method.ts';
import type { Problem } from '../../src/integrations/fast-check.ts';
import type {} from '../../src/integrations/jest.ts';
import type {} from '../../src/integrations/vitest.ts';

const f = (x: Float64Array): number => x.length;
const pair = (x: Float64Array): number[] => [x[0]!, x[1]!];
const gradient = (x: Float64Array): Float64Array => x;
const one = (x: Float64Array): number => x[0]!;

/** As others write it, for other arrays. */
const sum = (x: number[]): number => x.reduce((s, v) => s + v, 0);
const ones = (x: readonly number[]): number[] => x.map(() => 1);
const single = (x: Float32Array): number => x[0]!;
const words = (x: string[]): number => x.length;

export const cases: readonly GradientCase[] = [
  { name: 'arrays', f: sum, gradient: ones, at: [1, 2] },
  { name: 'single', f: single, gradient: (x: Float32Array) => x, at: [1], dtype: 'float32' },
  { name: 'mixed', f: sum, gradient, at: [1] },
  { name: 'vjp', f: pair, vjp: (x: number[], c: Float32Array) => [x[0]! * c[0]!], at: [1] },
  { name: 'untyped', f: (x) => one(x.map((v) => 2 * v)), gradient: (x) => x.fill(2), at: [1] },
  // @ts-expect-error: no array of numbers
  { name: 'words', f: words, gradient, at: [1] },
  // @ts-expect-error: a number
  { name: 'number', f: (x: number) => x, gradient, at: [1] },
  // @ts-expect-error: a gradient of words
  { name: 'returns words', f: sum, gradient: () => ['1'], at: [1] },
];

export async function accepted({ model, params, batch }: Problem): Promise<void> {
  expect(gradient).toBeGradientOf(f, { at: [1, 2] });
  expect(ones).toBeGradientOf(sum, { at: [1, 2] });
  jestExpect(single).toBeGradientOf(single, { at: [1], dtype: 'float32' });
  expect(gradient).toBeVjpOf((x) => x.map((v) => one(x) * v), { at: [1, 2] });
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
  // @ts-expect-error: no array of numbers
  expect(gradient).toBeGradientOf(words, { at: [1, 2] });
  // @ts-expect-error: a vjp is of a vector
  expect(gradient).toBeVjpOf(f, { at: [1, 2] });
  // @ts-expect-error: no such mode
  expect(gradient).toBeGradientOf(f, { at: [1, 2], mode: 'quick' });
  // @ts-expect-error: a misspelt option
  jestExpect(gradient).toBeGradientOf(f, { at: [1, 2], allowUnresolvd: true });
  // @ts-expect-error: without a batch
  await jestExpect(manualFused).toHaveRightGradients(model, params);
}
