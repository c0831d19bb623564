import { describe, expect, it } from 'vitest';
import { renderJson, toJson } from '../../src/report/json.ts';
import { none, number, type Report, text, verdict } from '../../src/report/report.ts';
import { fc, test } from '../property.ts';

describe('data as JSON', () => {
  test.prop([fc.double()])(
    'every number but the zero’s sign comes back through Number',
    (value) => {
      const read = Number(JSON.parse(toJson({ value })).value);
      expect(read).toBe(Object.is(value, -0) ? 0 : value);
    },
  );

  it('writes what is not finite as strings', () => {
    const wild = [Number.NaN, Infinity, -Infinity];
    expect(JSON.parse(toJson(wild))).toEqual(['NaN', 'Infinity', '-Infinity']);
    expect(JSON.parse(toJson(new Float32Array(wild)))).toEqual(['NaN', 'Infinity', '-Infinity']);
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])(
    'does not depend on the order in which keys were set',
    (data) => {
      expect(toJson(Object.fromEntries(Object.entries(data).reverse()))).toBe(toJson(data));
    },
  );
});

it('a report as JSON has its tables as rows keyed by column', () => {
  const report: Report = {
    title: 'Speed',
    quick: true,
    header: [{ name: 'Node', value: '20' }],
    blocks: [
      {
        kind: 'table',
        name: 'w1',
        columns: [
          { key: 'method', title: 'Method', align: 'left' },
          { key: 'time', title: 'Time', align: 'right' },
          { key: 'verdict', title: '', align: 'left' },
        ],
        rows: [
          [text('manual'), number(1e-6, 'duration', [9e-7, 2e-6]), verdict('agrees', 'good')],
          [text('tape'), number(Number.NaN, 'duration'), none('no verdict')],
        ],
      },
      { kind: 'chart', name: 'c', alt: 'dots', spec: { data: { values: [] }, mark: 'point' } },
    ],
  };
  expect(JSON.parse(renderJson(report))).toEqual({
    title: 'Speed',
    quick: true,
    header: { Node: '20' },
    blocks: [
      {
        kind: 'table',
        name: 'w1',
        columns: [
          { key: 'method', title: 'Method' },
          { key: 'time', title: 'Time' },
          { key: 'verdict', title: '' },
        ],
        rows: [
          { method: 'manual', time: 1e-6, timeSpread: [9e-7, 2e-6], verdict: 'agrees' },
          { method: 'tape', time: 'NaN', verdict: null, verdictWhy: 'no verdict' },
        ],
      },
      { kind: 'chart', name: 'c', alt: 'dots' },
    ],
  });
});
