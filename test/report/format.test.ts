import { describe, expect, it } from 'vitest';
import { formatNumber, type NumberFormat } from '../../src/report/format.ts';
import { fc, test } from '../property.ts';

const FORMATS: readonly NumberFormat[] = [
  'significant',
  'scientific',
  'duration',
  'ratio',
  'count',
  'exact',
];

describe('numbers in reports', () => {
  it.each<[number, NumberFormat, string]>([
    [0, 'significant', '0'],
    [0.012345, 'significant', '0.0123'],
    [12.345, 'significant', '12.3'],
    [12345.6, 'significant', '12,346'],
    [0.9996, 'significant', '1.00'],
    [1.23e-15, 'significant', '1.2e-15'],
    [12345678, 'significant', '1.2e7'],
    [-1.5, 'significant', '-1.50'],
    [1.234e-15, 'scientific', '1.2e-15'],
    [31415, 'scientific', '3.1e4'],
    [0, 'scientific', '0'],
    [54.12e-6, 'duration', '54.1 µs'],
    [999.96e-6, 'duration', '1.00 ms'],
    [1.234, 'duration', '1.23 s'],
    [83e-9, 'duration', '83.0 ns'],
    [0, 'duration', '0 s'],
    [1.0512, 'ratio', '1.05×'],
    [12.34, 'ratio', '12.3×'],
    [1234.4, 'ratio', '1,234×'],
    [1234567, 'count', '1,234,567'],
    [0.1 + 0.2, 'exact', '0.30000000000000004'],
  ])('%d as %s is %s', (value, format, expected) => {
    expect(formatNumber(value, format)).toBe(expected);
  });

  it.each(FORMATS)('%s says NaN and infinities as such', (format) => {
    const written = [Number.NaN, Infinity, -Infinity].map((value) => formatNumber(value, format));
    expect(written).toEqual(['NaN', '∞', '−∞']);
  });

  test.prop([fc.double({ min: 1e-300, max: 1e300, noNaN: true })])(
    'significant digits keep the value to half a per cent, powers of ten to five',
    (value) => {
      const read = Number(formatNumber(value, 'significant').replaceAll(',', ''));
      const share = value >= 1e-3 && value < 1e6 ? 0.005 : 0.05;
      expect(Math.abs(read - value)).toBeLessThanOrEqual(share * value);
    },
  );
});
