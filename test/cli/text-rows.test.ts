import { expect, it } from 'vitest';
import { textRows } from '../../src/cli/text-rows.ts';
import { fc, test as property } from '../property.ts';

it('columns stand below one another, and the last wraps below itself', () => {
  const rows = [
    ['NAME', 'SHOWS'],
    ['long-name', 'one two three four five six'],
    ['', 'seven'],
  ];
  expect(textRows(rows, 35)).toEqual([
    'NAME       SHOWS',
    'long-name  one two three four five',
    '           six',
    '           seven',
  ]);
});

it('where the last column would be narrower than 24, it stands below the others', () => {
  const rows = [
    ['NAME', 'NO', 'SHOWS'],
    ['long-name', '1.2', 'one two three four five six seven'],
    ['', '', 'eight'],
  ];
  expect(textRows(rows, 40)[1]).toBe('long-name  1.2  one two three four five');
  expect(textRows(rows, 39)).toEqual([
    'NAME  NO',
    '  SHOWS',
    'long-name  1.2',
    '  one two three four five six seven',
    '  eight',
  ]);
});

it('no line ends between a number and its %', () => {
  const lines = (width: number): string[] => textRows([['it reaches about 99.5 % of all']], width);
  for (let width = 24; width < 32; width++) {
    expect(lines(width).join(' ')).toBe('it reaches about 99.5\u00a0% of all');
  }
  expect(lines(22)).toEqual(lines(23));
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
