import { expect, test } from 'vitest';
import { shapeHint } from '../../../src/check/gradient/shape-hint.ts';
import { layoutOf } from '../../../src/params/layout.ts';

const layout = layoutOf([
  { name: 'fc1.weight', shape: [5, 3] },
  { name: 'fc1.bias', shape: [5] },
]);

test.each<readonly [number, Readonly<Record<string, number>>, number, RegExp]>([
  [640, { N: 32 }, 1, /640 = 32 × 20, and N = 32: sum over axis 0/],
  [60, {}, 1, /60 = 3 × 20: sum over axis 0/],
  [15 + 5 * 7, { N: 7 }, 1, /fc1.bias has 7 × 5 entries instead of 5 where N = 7/],
  [15, {}, 1, /fc1.bias is left out/],
  [5, {}, 1, /fc1.weight is left out/],
  [10, {}, 1, /20 = 2 × 10: summed over an axis too many/],
  [2, {}, 1, /one for each slot/],
  [7, {}, 7, /f has 7 outputs: is this J·v/],
  [0, {}, 1, /nothing was returned/],
])('%d entries where 20 are expected', (got, factors, outputs, hint) => {
  expect(shapeHint(got, layout, factors, outputs)).toMatch(hint);
});

test('what nothing explains is left without a guess', () => {
  expect(shapeHint(23, layout, { N: 7 }, 1)).toBe('');
});
