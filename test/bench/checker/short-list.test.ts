import { expect, test } from 'vitest';
import { shortList } from '../../../bench/checker/short-list.ts';

test('a short list has every item up to 30, then how many more there are; none is no list', () => {
  const items = Array.from({ length: 31 }, (_, i) => `fault ${i}`);
  expect(shortList([])).toEqual([]);
  expect(shortList(items.slice(1))).toEqual([{ kind: 'list', items: items.slice(1) }]);
  expect(shortList(items)).toEqual([
    { kind: 'list', items: [...items.slice(0, 30), 'and 1 more'] },
  ]);
});
