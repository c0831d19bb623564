import { expect, test } from 'vitest';
import { type Judged, missable, offAtMost, worstOf } from '../../../src/check/gradient/judged.ts';

const judged = (change: Partial<Judged>): Judged => ({
  verdict: 'agrees',
  point: 0,
  claim: 0,
  index: 0,
  got: 7,
  expected: 5,
  uncertainty: 0.25,
  tolerance: 0.5,
  sides: null,
  flat: false,
  ...change,
});

test('an entry may be off by its error, the bar and the tolerance together', () => {
  expect(offAtMost(judged({}))).toBe(2.75);
  expect(offAtMost(judged({ got: 5, expected: 7 }))).toBe(2.75);
});

test('what may be missed is a bar more, as the sharper of two ladders agreed', () => {
  expect(missable(judged({}))).toBe(3);
});

test('what may be missed is a bar of the blunter ladder more, where that must be against it', () => {
  expect(missable(judged({ bluntest: 1 }))).toBe(3.75);
});

test('at a corner, what may be missed is as wide as the slopes of both sides are apart', () => {
  const sides = { left: -1, right: 3 };
  expect(missable(judged({ got: 1, expected: 1, sides }))).toBe(5);
  expect(missable(judged({ got: 1, expected: 1, sides: { left: 3, right: -1 } }))).toBe(5);
});

test('the worst has the severest verdict, however small its error', () => {
  const order = ['agrees', 'unresolved', 'disagrees', 'not-finite'] as const;
  const all = order.map((verdict, index) => judged({ verdict, index, got: 5 + 2 ** -index }));
  for (let most = 0; most < order.length; most++) {
    const some = all.slice(0, most + 1);
    expect(worstOf(some)?.verdict).toBe(order[most]);
    expect(worstOf(some.reverse())?.verdict).toBe(order[most]);
  }
});

test('of one verdict the worst is the largest error over what explains it, the first of equals', () => {
  const far = judged({ index: 1, got: 100, uncertainty: 50, tolerance: 50 });
  const beyond = judged({ index: 2, got: 5.9, uncertainty: 0.1, tolerance: 0.1 });
  const tie = judged({ ...beyond, index: 3 });
  for (const all of [
    [far, beyond, tie],
    [beyond, far, tie],
    [beyond, tie, far],
  ]) {
    expect(worstOf(all)?.index).toBe(2);
  }
  // Nothing off, and nothing to explain it: no error at all.
  const exact = judged({ index: 4, got: 5, uncertainty: 0, tolerance: 0 });
  expect(worstOf([exact, far])?.index).toBe(1);
  expect(worstOf([far, exact])?.index).toBe(1);
  expect(worstOf([])).toBeNull();
});
