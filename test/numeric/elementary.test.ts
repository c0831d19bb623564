import { expect } from 'vitest';
import { decimalArithmetic, exactDecimal } from '../../src/numeric/decimal.ts';
import { exp, expm1 } from '../../src/numeric/exp.ts';
import { log1pUnit } from '../../src/numeric/log1p.ts';
import { fc, test } from '../property.ts';

const { D } = decimalArithmetic(40);

/** Distance from the exact value in units of the last place of the result. */
function ulps(got: number, exact: InstanceType<typeof D>): number {
  const magnitude = Math.abs(exact.toNumber());
  const ulp = Math.max(2 ** (Math.floor(Math.log2(magnitude)) - 52), 2 ** -1074);
  return exactDecimal(D, got).minus(exact).abs().div(ulp).toNumber();
}

const wide = fc.double({ min: -700, max: 700, noNaN: true });
const near = fc.double({ min: -1, max: 1, noNaN: true });

test.prop([fc.oneof(wide, near)])('exp is within 0.53 ULP', (x) => {
  expect(ulps(exp(x), exactDecimal(D, x).exp())).toBeLessThan(0.53);
});

test.prop([fc.oneof(wide, near)])('expm1 is within 2 ULP, near 0 too', (x) => {
  fc.pre(x !== 0 && Math.abs(x) > 1e-15);
  expect(ulps(expm1(x), exactDecimal(D, x).exp().minus(1))).toBeLessThan(2);
});

test.prop([fc.double({ min: -35, max: 0, noNaN: true })])(
  'log1pUnit is within 1 ULP from e⁻³⁵ to 1',
  (exponent) => {
    const x = Math.exp(exponent);
    expect(ulps(log1pUnit(x), exactDecimal(D, x).plus(1).ln())).toBeLessThan(1);
  },
);

test('the ends: overflow, underflow, subnormals, zero, NaN', () => {
  expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(-746)).toBe(0);
  expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exp(0)).toBe(1);
  expect(exp(Number.NaN)).toBeNaN();
  expect(exp(-740) / Math.exp(-740)).toBeCloseTo(1, 3); // a subnormal has few digits
  expect(expm1(0)).toBe(0);
  expect(expm1(Number.NEGATIVE_INFINITY)).toBe(-1);
  expect(expm1(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(log1pUnit(0)).toBe(0);
  expect(log1pUnit(1)).toBe(Math.LN2);
});
