import { describe, expect, it } from 'vitest';
import { decimalArithmetic, errorInUlps, exactDecimal } from '../../src/numeric/decimal.ts';
import { double } from '../../src/numeric/double.ts';
import { fc, test } from '../property.ts';
import { arguments700, ELEMENTARY } from './points.ts';

const decimals = decimalArithmetic(60);

/**
 * Ulps allowed: one for what the engine promises of its own functions, two for its tanh. Our sigmoid
 * adds to exp's ulp the roundings of 1 + e and of the quotient, each relative to at most the result.
 */
const ULPS = { exp: 1, log: 1, log1p: 1, expm1: 1, tanh: 2, sigmoid: 4 };

describe('double', () => {
  for (const { name, at } of ELEMENTARY) {
    test.prop([at])(`${name}: within ${ULPS[name]} ulp of 60 digits`, (x) => {
      const exact = decimals[name](exactDecimal(decimals.D, x));
      expect(errorInUlps(double[name](x), exact)).toBeLessThanOrEqual(ULPS[name]);
    });
  }

  test.prop([arguments700, arguments700])('+ − × ÷ are correctly rounded', (x, y) => {
    fc.pre(y !== 0);
    for (const operation of ['add', 'sub', 'mul', 'div'] as const) {
      const wide = decimalArithmetic(1600);
      const exact = wide[operation](wide.constant(x), wide.constant(y));
      expect(errorInUlps(double[operation](x, y), exact)).toBeLessThanOrEqual(0.5);
    }
  });

  it('sigmoid saturates to 0 and 1 without overflow', () => {
    expect([-Infinity, -1e4, 0, 1e4, Infinity].map(double.sigmoid)).toEqual([0, 0, 0.5, 1, 1]);
  });

  it('choose takes the second branch at 0, and evaluates only the branch it takes', () => {
    const fail = (): number => {
      throw new Error('evaluated');
    };
    expect(double.choose(0, fail, () => 2)).toBe(2);
    expect(double.choose(-0, fail, () => 2)).toBe(2);
    expect(double.choose(Number.MIN_VALUE, () => 1, fail)).toBe(1);
  });
});
