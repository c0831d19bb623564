import { expect, test } from 'vitest';
import { shortNames } from '../../../src/check/gradient/short-names.ts';

const path = 'encoder.transformer.layers';

test('short names stay, long ones keep their ends', () => {
  expect(shortNames(['x[0]', `${path}.3.weight[0,1]`, `${path}.3.weight[0,2]`])).toEqual([
    'x[0]',
    '…rmer.layers.3.weight[0,1]',
    '…rmer.layers.3.weight[0,2]',
  ]);
  expect(shortNames([])).toEqual([]);
});

test('names with the same end keep the part that differs', () => {
  const end = 'self_attention.out_proj.weight[0]';
  expect(shortNames([`${path}.10.${end}`, `${path}.11.${end}`, 'bias[0]'])).toEqual([
    '…10.self_at…proj.weight[0]',
    '…11.self_at…proj.weight[0]',
    'bias[0]',
  ]);
});

test('a short rest among long ones is not said twice', () => {
  const end = 'self_attention.out_proj.weight[0]';
  const names = [`${path}.10.${end}`, `${path}.11.${end}`, `${path}.12.bias[0]`];
  expect(shortNames(names)[2]).toBe(`…${names[2]!.slice(-25)}`);
});

test('names that no cut tells apart stay whole', () => {
  const middle = [10, 11].map((n) => `${'a'.repeat(20)}${n}${'b'.repeat(30)}[0]`);
  expect(shortNames(middle)).toEqual(middle);
});

test('the same entry at several points is no clash', () => {
  const name = `${path}.3.weight[0,1]`;
  expect(new Set(shortNames([name, name])).size).toBe(1);
  expect(shortNames([name, name])[0]).toHaveLength(26);
});
