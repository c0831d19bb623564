import { expect, test } from 'vitest';
import { heap, pool } from '../../src/numeric/allocator.ts';

test('a pool gives the same matrices again after a reset', () => {
  const p = pool();
  const first = [p.matrix(2, 3), p.matrix(1, 1)];
  p.reset();
  expect([p.matrix(2, 3), p.matrix(1, 1)]).toEqual(first);
  p.reset();
  expect(p.matrix(2, 3)).toBe(first[0]);
});

test('a pool refuses another sequence of shapes', () => {
  const p = pool();
  p.matrix(2, 3);
  p.reset();
  expect(() => p.matrix(3, 2)).toThrow('pool request 0: got 3×2, expected 2×3 as before');
});

test('the heap gives a new matrix each time, in the precision asked for', () => {
  const h = heap('float32');
  expect(h.matrix(1, 2)).not.toBe(h.matrix(1, 2));
  expect(h.matrix(1, 2).data).toBeInstanceOf(Float32Array);
});
