import { describe, expect, it } from 'vitest';
import {
  type Decimal,
  decimalArithmetic,
  decimalsOf,
  errorInUlps,
  exactDecimal,
} from '../../src/numeric/decimal.ts';
import { fc, test } from '../property.ts';
import { ELEMENTARY, type Elementary } from './points.ts';

const DIGITS = 60;
const decimals = decimalArithmetic(DIGITS);

/** Plain forms at 400 digits: what they cancel near 0, at most 300, they can spare. */
const Plain = decimalsOf(400);
const plain: { readonly [K in Elementary]: (x: Decimal) => Decimal } = {
  exp: (x) => x.exp(),
  log: (x) => x.ln(),
  log1p: (x) => x.plus(1).ln(),
  expm1: (x) => x.exp().minus(1),
  tanh: (x) => {
    const e = x.times(2).exp();
    return e.minus(1).div(e.plus(1));
  },
  sigmoid: (x) => x.exp().div(x.exp().plus(1)),
};

describe('decimalArithmetic', () => {
  for (const { name, at } of ELEMENTARY) {
    // The plain forms at 400 digits take milliseconds.
    test.prop([at], { numRuns: 25 })(`${name}: good to all ${DIGITS} digits`, (x) => {
      const got = decimals[name](exactDecimal(decimals.D, x));
      const expected = plain[name](exactDecimal(Plain, x));
      // Two units of the last digit: exp within sigmoid and tanh is rounded once more.
      const bound = expected.abs().times(`2e-${DIGITS - 1}`);
      expect(expected.minus(got.toString()).abs().lte(bound), `${got} ${expected}`).toBe(true);
    });
  }

  it('keeps what saturation leaves: 1 − σ(140) is gone at 60 digits, not at 120', () => {
    const rest = (digits: number): string => {
      const a = decimalArithmetic(digits);
      return a.sub(a.constant(1), a.sigmoid(a.constant(140))).toPrecision(3);
    };
    expect(rest(60)).toBe('0.00');
    expect(rest(120)).toBe('1.58e-61');
  });
});

describe('exactDecimal', () => {
  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true })])(
    'is significand × 2^exponent exactly, at any precision',
    (x) => {
      const got = exactDecimal(decimalsOf(5), x);
      const { significand, exponent } = bits(x);
      const Exact = decimalsOf(1200);
      const scaled = new Exact(got).times(new Exact(2).pow(-exponent));
      expect(scaled.toFixed()).toBe(significand.toString());
      expect(got.toNumber()).toBe(x);
    },
  );

  it('0.1 is the double, not the decimal', () => {
    const exact = '0.1000000000000000055511151231257827021181583404541015625';
    expect(exactDecimal(decimalsOf(20), 0.1).toString()).toBe(exact);
  });

  it('passes on what is no finite number', () => {
    const values = [NaN, Infinity, -Infinity, -0];
    expect(values.map((v) => exactDecimal(decimals.D, v).toNumber())).toEqual(values);
  });
});

describe('errorInUlps', () => {
  const D = decimalsOf(60);

  test.prop([fc.double({ noNaN: true, noDefaultInfinity: true })])(
    'the double itself is off by 0, a value within half a unit by at most ½',
    (x) => {
      expect(errorInUlps(x, exactDecimal(D, x))).toBe(0);
      const near = exactDecimal(D, x).times('1.00000000000000005');
      fc.pre(Number.isFinite(near.toNumber()));
      expect(errorInUlps(near.toNumber(), near)).toBeLessThanOrEqual(0.5);
    },
  );

  it('neighbours are 1 apart, and a power of two counts the finer units below it as such', () => {
    expect(errorInUlps(1 + 2 ** -52, new D(1))).toBe(1);
    expect(errorInUlps(1, exactDecimal(D, 1 - 2 ** -53))).toBe(1);
    expect(errorInUlps(3 + 2 ** -51, new D(3))).toBe(1);
    // 1 − 2⁻⁵⁶ rounds to 1, but its last place is that of the numbers below 1.
    expect(
      errorInUlps(
        1,
        exactDecimal(D, 2 ** -56)
          .neg()
          .plus(1),
      ),
    ).toBe(2 ** -3);
  });

  it('subnormals and zero are measured in 2^−1074', () => {
    expect(errorInUlps(3 * Number.MIN_VALUE, exactDecimal(D, Number.MIN_VALUE))).toBe(2);
    expect(errorInUlps(Number.MIN_VALUE, new D(0))).toBe(1);
  });

  it('what is not finite is infinitely wrong, or NaN', () => {
    expect(errorInUlps(-Infinity, new D(1))).toBe(Infinity);
    expect(errorInUlps(NaN, new D(1))).toBeNaN();
  });
});

function bits(x: number): { readonly significand: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const all = view.getBigUint64(0);
  const biased = Number((all >> 52n) & 0x7ffn);
  const fraction = all & ((1n << 52n) - 1n);
  const significand = biased === 0 ? fraction : fraction | (1n << 52n);
  return { significand: x < 0 ? -significand : significand, exponent: Math.max(biased, 1) - 1075 };
}
