import { describe, expect, it } from 'vitest';
import { type Complex, complex, complexOf } from '../../src/numeric/complex.ts';
import {
  type Decimal,
  decimalArithmetic,
  errorInUlps,
  exactDecimal,
} from '../../src/numeric/decimal.ts';
import { fc, test } from '../property.ts';
import { ELEMENTARY, type Elementary } from './points.ts';

const STEP = 1e-100;
const decimals = decimalArithmetic(60);

/** The known derivatives, with many digits. */
const derivative: { readonly [K in Elementary]: (x: Decimal) => Decimal } = {
  exp: (x) => x.exp(),
  log: (x) => x.pow(-1),
  log1p: (x) => x.plus(1).pow(-1),
  expm1: (x) => x.exp(),
  tanh: (x) => x.exp().plus(x.neg().exp()).pow(-2).times(4),
  sigmoid: (x) => decimals.mul(decimals.sigmoid(x), decimals.sigmoid(x.neg())),
};

/** Up to four rounded operations on one or two rounded functions, a factor two between ulp and u. */
const ULPS = 8;

describe('complex, on the real axis', () => {
  for (const { name, at } of ELEMENTARY) {
    test.prop([at])(`${name}: within ${ULPS} ulp of 60 digits`, (x) => {
      const { re, im } = complex[name](complexOf(x));
      expect(errorInUlps(re, decimals[name](exactDecimal(decimals.D, x)))).toBeLessThan(ULPS);
      expect(Math.abs(im)).toBe(0);
    });

    test.prop([at])(`${name}: its complex step is its derivative`, (x) => {
      const stepped = complex[name](complexOf(x, STEP)).im / STEP;
      const exact = derivative[name](exactDecimal(decimals.D, x));
      const error = exactDecimal(decimals.D, stepped).minus(exact).abs();
      // h f′ may be subnormal: then its last place, 2^−1074, is divided by h.
      const underflow = Number.MIN_VALUE / STEP;
      // The next term of the series: the logarithm bends within h of 0.
      const truncation = name === 'log' ? (STEP / x) ** 2 : 0;
      const relative = ULPS * 2 ** -52 + truncation;
      const bound = exact.abs().times(relative).plus(underflow);
      expect(error.lte(bound), `${stepped} ${exact}`).toBe(true);
    });
  }
});

describe('complex, off the axis', () => {
  const part = fc.double({ min: -3, max: 3, noNaN: true });
  const numbers = fc.tuple(part, part).map(([re, im]) => complexOf(re, im));
  const close = (a: Complex, b: Complex, scale: number): void => {
    expect(Math.hypot(a.re - b.re, a.im - b.im)).toBeLessThanOrEqual(
      scale * 2 ** -48 + 8 * Number.MIN_VALUE,
    );
  };
  const size = (z: Complex): number => Math.hypot(z.re, z.im);

  test.prop([numbers, numbers])('(a / b) · b = a, whichever part of b is larger', (a, b) => {
    fc.pre(size(b) > 1e-3);
    close(complex.mul(complex.div(a, b), b), a, size(a));
  });

  test.prop([numbers])('exp(log z) = z, and log1p, expm1 are their shifted forms', (z) => {
    fc.pre(size(z) > 1e-3 && size(complexOf(z.re + 1, z.im)) > 1e-3);
    const one = complexOf(1);
    close(complex.exp(complex.log(z)), z, size(z));
    close(complex.exp(complex.log1p(z)), complex.add(one, z), 1 + size(z));
    close(complex.add(one, complex.expm1(z)), complex.exp(z), 1 + size(complex.exp(z)));
  });

  test.prop([numbers])('tanh z = 2 σ(2z) − 1', (z) => {
    const doubled = complex.add(z, z);
    const e = complex.exp(doubled);
    // Both have poles where e^2z = −1; close to them the comparison says nothing.
    fc.pre(size(complexOf(e.re + 1, e.im)) > 1e-2);
    const s = complex.sigmoid(doubled);
    const expected = complexOf(2 * s.re - 1, 2 * s.im);
    close(complex.tanh(z), expected, 100 * (1 + size(expected)));
  });
});

describe('complex branches', () => {
  it('decide on the real part alone', () => {
    const pick = (z: Complex): number =>
      complex.choose(
        z,
        () => complexOf(1),
        () => complexOf(2),
      ).re;
    expect([complexOf(1e-300, -5), complexOf(0, 5), complexOf(-1, 5)].map(pick)).toEqual([1, 2, 2]);
  });

  it('a shift is the largest real part, and carries no derivative', () => {
    expect(complex.shift([complexOf(1, 7), complexOf(3, 5)])).toEqual(complexOf(3, 0));
  });
});
