import { fc, test as property } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { textRows } from '../../src/cli/text-rows.ts';

it('columns stand below one another, and the last wraps below itself', () => {
  const rows = [
    ['NAME', 'SHOWS'],
    ['long-name', 'one two three four'],
    ['', 'five'],
  ];
  expect(textRows(rows, 20)).toEqual([
    'NAME       SHOWS',
    'long-name  one two',
    '           three',
    '           four',
    '           five',
  ]);
});

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const row = fc.tuple(word, fc.array(word, { minLength: 1, maxLength: 20 }));

property.prop([fc.array(row), fc.integer({ min: 18, max: 100 })])(
  'no line is wider than asked for or ends in spaces, and no word is lost',
  (rows, width) => {
    const lines = textRows(
      rows.map(([name, words]) => [name, words.join(' ')]),
      width,
    );
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(width);
      expect(line).toBe(line.trimEnd());
    }
    expect(lines.join(' ').split(/\s+/).filter(Boolean)).toEqual(rows.flat(2));
  },
);
